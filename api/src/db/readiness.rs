//! Whether the database is ready, with one probe for all requests.
//!
//! Any client may request this at any rate, and disconnect before the response. So no request
//! queries the database itself: one probe per second serves all of them, in a task that does not
//! end when a client disconnects.

use super::Database;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// The maximum age of a probe's result.
const MAX_AGE: Duration = Duration::from_secs(1);
/// How long a request waits for a probe.
const TIMEOUT: Duration = Duration::from_secs(3);

/// The result of a probe; `None` while it runs.
type Seen = Option<(Instant, bool)>;

/// The last probe, or the one in progress.
#[derive(Clone, Default)]
pub(super) struct Readiness(Arc<Mutex<Option<watch::Receiver<Seen>>>>);

impl fmt::Debug for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Readiness(..)")
    }
}

impl Database {
    /// Whether the database was ready within the last second.
    pub async fn is_ready_cached(&self) -> bool {
        let mut look = self.probe();
        let seen = tokio::time::timeout(TIMEOUT, look.wait_for(Option::is_some)).await;
        // The probe hangs, or ended without a result.
        seen.is_ok_and(|seen| seen.is_ok_and(|seen| seen.is_some_and(|(_, ready)| ready)))
    }

    /// The last probe if it is recent or in progress, otherwise a new one.
    fn probe(&self) -> watch::Receiver<Seen> {
        let mut last = self
            .readiness
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(look) = last.as_ref().filter(|look| is_useful(look)) {
            return look.clone();
        }
        let (tell, look) = watch::channel(None);
        let db = self.clone();
        tokio::spawn(async move {
            let ready = db.is_ready().await;
            tell.send_replace(Some((Instant::now(), ready)));
        });
        *last = Some(look.clone());
        look
    }
}

fn is_useful(look: &watch::Receiver<Seen>) -> bool {
    match *look.borrow() {
        Some((at, _)) => at.elapsed() < MAX_AGE,
        // A task that has ended without a result gives none any more.
        None => look.has_changed().is_ok(),
    }
}
