//! The wire: only here is Poem named.

use crate::App;
use std::sync::Arc;

/// The generated spec.
pub fn spec() -> String {
    String::new()
}

/// Answers requests until `stop` resolves.
pub async fn serve(_app: Arc<App>, stop: impl Future<Output = ()>) -> std::io::Result<()> {
    stop.await;
    Ok(())
}
