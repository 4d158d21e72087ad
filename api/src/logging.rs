//! What the program says while it works.

mod buffered_writer;
mod json_format;

use crate::config::ConfigError;
use buffered_writer::BufferedWriter;
use json_format::JsonLine;
use std::io::{IsTerminal, Stderr, stderr};
use tracing_subscriber::EnvFilter;

/// The log, for as long as it is kept.
pub(crate) struct Log(Option<BufferedWriter<Stderr>>);

/// Structured lines on standard error: JSON for machines, text for a terminal. A filter that is not
/// understood is refused: it would hide what somebody wants to see.
pub(crate) fn start(filter: &str) -> Result<Log, ConfigError> {
    let filter = EnvFilter::try_new(filter).map_err(|_| {
        let remedy = "write it like info, or info,request=off";
        ConfigError::new("RUST_LOG", "is no filter of a log", remedy)
    })?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter);
    if stderr().is_terminal() {
        lines.with_writer(stderr).init();
        return Ok(Log(None));
    }
    let lines = lines.event_format(JsonLine);
    let Ok(gathered) = BufferedWriter::new(stderr()) else {
        // No thread is left for it: then line by line.
        lines.with_writer(stderr).init();
        return Ok(Log(None));
    };
    lines.with_writer(gathered.clone()).init();
    Ok(Log(Some(gathered)))
}

impl Drop for Log {
    fn drop(&mut self) {
        if let Some(gathered) = &self.0 {
            gathered.flush();
        }
    }
}
