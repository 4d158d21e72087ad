//! Password hashing, strength policy and rehashing.

pub mod hash;
pub mod policy;
pub mod rehash;
