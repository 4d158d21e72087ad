//! One screen each.

mod account;
mod home;
mod lost;
mod register;
mod sessions;
mod sign_in;
mod users;
mod welcome;

pub use account::Account;
pub use home::Home;
pub use lost::{NotFound, forbidden};
pub use register::Register;
pub use sessions::Sessions;
pub use sign_in::SignIn;
pub use users::Users;
pub use welcome::Welcome;
