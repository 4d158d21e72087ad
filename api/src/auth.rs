//! What sign-in means: register, log in, refresh, log out, sessions, passwords, keys, throttles.
//!
//! Each operation is one file with one function and one error type. Nothing here knows HTTP.

pub mod access;
pub mod account;
pub mod admin;
pub mod caller;
pub mod clean;
pub mod deny;
pub mod device;
mod ending;
#[cfg(any(test, feature = "fuzz"))]
pub(crate) mod fuzz;
pub mod hash;
pub mod id;
pub mod import;
pub mod issue;
pub mod journal;
pub mod judge;
pub mod keys;
pub mod login;
pub mod logout;
pub mod password;
pub mod refresh;
pub mod refresh_token;
pub mod register;
mod renewal;
pub mod session;
pub mod throttle;
pub mod timeline;
