//! Sessions: creation, revocation, the own list.

pub mod issue;
pub mod own;
pub mod revoke;
