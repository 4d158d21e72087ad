//! Waiting for what one waits for, never for time.

use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long anything may take that a person waits for. Far more than it should take, because a
/// machine may be busy; what never comes costs this much once and fails the journey.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(25);

/// Looks until there is something, and says what was missing if it never comes.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    until_within(TIMEOUT, what, look).await
}

/// The same, for what takes its time.
pub async fn until_within<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> T {
    let end = Instant::now() + patience;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < end, "waited in vain: {what}");
        sleep(PAUSE).await;
    }
}
