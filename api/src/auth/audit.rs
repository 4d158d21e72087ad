//! The audit log: writing and querying it.

pub mod log;
pub mod query;
