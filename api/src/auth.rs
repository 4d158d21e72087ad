//! Authentication: registration, login, refresh, logout, sessions, passwords, keys and rate limits.
//!
//! Each operation is one file with one function and one error type. This module does not depend on
//! HTTP.

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
