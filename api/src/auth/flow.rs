//! The user's operations: register, sign in, refresh, sign out, change the password.

pub mod change_password;
pub mod login;
pub mod logout;
pub mod refresh;
pub mod register;
