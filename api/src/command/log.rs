use std::io::{IsTerminal, stderr};
use tracing_subscriber::EnvFilter;

/// Structured lines on standard error: JSON for machines, text for a terminal. `RUST_LOG` filters.
pub(super) fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr);
    if stderr().is_terminal() {
        lines.init();
    } else {
        lines.json().flatten_event(true).init();
    }
}
