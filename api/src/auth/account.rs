//! User accounts: the own profile, administration, import.

pub mod admin;
pub mod import;
pub mod profile;
