//! The OpenAPI document and the page that shows it.

pub mod csp_hash;
pub mod docs;
pub mod spec;
