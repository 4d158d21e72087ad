//! What the program says while it works.

mod gathered;
mod line;

use gathered::Gathered;
use line::JsonLine;
use std::io::{IsTerminal, Stderr, stderr};
use tracing_subscriber::EnvFilter;

/// The log, for as long as it is kept.
pub(super) struct Log(Option<Gathered<Stderr>>);

/// Structured lines on standard error: JSON for machines, text for a terminal. `RUST_LOG` filters.
pub(super) fn start() -> Log {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter);
    if stderr().is_terminal() {
        lines.with_writer(stderr).init();
        return Log(None);
    }
    let lines = lines.event_format(JsonLine);
    let Ok(gathered) = Gathered::new(stderr()) else {
        // No thread is left for it: then line by line.
        lines.with_writer(stderr).init();
        return Log(None);
    };
    lines.with_writer(gathered.clone()).init();
    Log(Some(gathered))
}

impl Drop for Log {
    fn drop(&mut self) {
        if let Some(gathered) = &self.0 {
            gathered.flush();
        }
    }
}
