//! The tables. Entities never leave this folder's neighbours as JSON: they hold hashes.

pub mod cutoff;
pub mod event;
pub mod revocation;
pub mod session;
pub mod throttle;
pub mod user;
