//! What sign-in means: register, log in, refresh, log out, sessions, passwords, keys, throttles.
//!
//! Each operation is one file with one function and one error type. Nothing here knows HTTP.

pub mod account;
pub mod audit;
pub mod client_info;
pub mod device;
pub mod flow;
#[cfg(any(test, feature = "fuzz"))]
pub(crate) mod fuzz;
pub mod password;
pub mod random;
pub mod rate_limit;
pub mod session;
pub mod token;
