//! One screen each.

mod account;
mod events;
mod home;
mod lost;
mod register;
mod sessions;
mod sign_in;
#[cfg(debug_assertions)]
mod styleguide;
mod token;
mod users;
mod welcome;

pub use account::Account;
pub use events::Events;
pub use home::Home;
pub use lost::{NotFound, forbidden};
pub use register::Register;
pub use sessions::Sessions;
pub use sign_in::SignIn;
#[cfg(debug_assertions)]
pub use styleguide::Styleguide;
pub use token::Token;
pub use users::Users;
pub use welcome::Welcome;
