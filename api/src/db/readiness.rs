//! Whether the database can be used, looked at once for all who ask.
//!
//! Anybody may ask, as often as they like, and go away before they are told. So nobody's question
//! reaches the database: one look a second answers all of them, in a task that nobody's leaving ends.

use super::Database;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How old a look may be.
const MAX_AGE: Duration = Duration::from_secs(1);
/// How long a look is waited for.
const TIMEOUT: Duration = Duration::from_secs(3);

/// What was seen; nothing while the look is under way.
type Seen = Option<(Instant, bool)>;

/// The last look, or the one under way.
#[derive(Clone, Default)]
pub(super) struct Readiness(Arc<Mutex<Option<watch::Receiver<Seen>>>>);

impl fmt::Debug for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Readiness(..)")
    }
}

impl Database {
    /// Whether it was ready within the last second.
    pub async fn is_ready_cached(&self) -> bool {
        let mut look = self.probe();
        let seen = tokio::time::timeout(TIMEOUT, look.wait_for(Option::is_some)).await;
        // The look hangs, or ended without having seen anything.
        seen.is_ok_and(|seen| seen.is_ok_and(|seen| seen.is_some_and(|(_, ready)| ready)))
    }

    /// The last look if it is fresh or under way, else a new one.
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
        // Nothing is seen any more by a task that is gone.
        None => look.has_changed().is_ok(),
    }
}
