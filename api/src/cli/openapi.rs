use super::Failure;
use std::io::Write;

/// Prints the spec; needs neither configuration nor database.
pub(super) fn print() -> Result<(), Failure> {
    let spec = crate::http::spec();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{spec}").map_err(|error| Failure::Other(error.to_string()))
}
