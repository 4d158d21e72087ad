//! The tables. Entities contain hashes, so they are never serialized to JSON.

pub mod cutoff;
pub mod event;
pub mod revocation;
pub mod session;
pub mod throttle;
pub mod user;
