//! Access tokens, refresh tokens, their keys and their revocation.

pub mod access;
pub mod keys;
pub mod refresh_token;
pub mod revoked;
