use super::CliError;
use std::io::Write;

/// Prints the spec; needs neither configuration nor database.
pub(super) fn print() -> Result<(), CliError> {
    let spec = crate::http::spec();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{spec}").map_err(|error| CliError::Other(error.to_string()))
}
