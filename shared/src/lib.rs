//! The contract: everything browser and server must agree on, and nothing else.
//!
//! Claims of the access token, bodies of requests and answers, error codes with what a client
//! should do about each, the list of endpoints, roles and permissions, and the validation that
//! needs no dictionary. Only data and pure functions: no I/O, no clock, no async.
//!
//! The feature `openapi` adds poem-openapi's derives. Only `api` turns it on, because that crate
//! does not compile for the browser.

pub mod account;
pub mod admin;
pub mod auth;
pub mod claims;
pub mod endpoint;
pub mod error_code;
pub mod event;
pub mod page;
pub mod password;
pub mod problem;
pub mod role;
pub mod session;
pub mod text;
pub mod username;
pub mod validate;

#[cfg(feature = "openapi")]
mod openapi;

/// The name of the product, which no password may contain.
pub const PRODUCT_NAME: &str = "countersign";
