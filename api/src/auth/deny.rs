//! Sessions that ended while access tokens of theirs still live.
//!
//! The database knows which sessions ended; this map answers from memory, so that no call costs a
//! query. On start, then twice a second, and sooner where the database tells, it reads what ended
//! since it last looked: so a logout on one node is felt on every other.

use crate::db::{self, Database, Outage};
use protocol::Millis;
use shared::session::EndReason;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

/// Added to both ends, because a statement's time is taken a little before it commits, and looked
/// at twice for the same reason.
const SLACK: Millis = Millis::from_secs(60);

/// Ended sessions by id, and why each ended.
pub struct DenyList {
    access_token_ttl: Millis,
    ended: RwLock<HashMap<String, Ended>>,
    /// Until when the database was read, in milliseconds since the Unix epoch.
    read_until: AtomicU64,
}

#[derive(Clone, Copy)]
struct Ended {
    forget_at: Millis,
    reason: Option<EndReason>,
}

impl DenyList {
    /// An empty list for access tokens that live that long.
    pub fn new(access_token_ttl: Millis) -> Self {
        Self {
            access_token_ttl,
            ended: RwLock::default(),
            read_until: AtomicU64::new(0),
        }
    }

    /// Refuses the access tokens of these sessions from now on.
    pub fn add(&self, ids: Vec<String>, reason: EndReason, now: Millis) {
        let forget_at = now + self.access_token_ttl + SLACK;
        let reason = Some(reason);
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        ended.extend(ids.into_iter().map(|id| (id, Ended { forget_at, reason })));
    }

    /// How many sessions it knows.
    #[expect(
        clippy::len_without_is_empty,
        reason = "it is counted, and nothing else"
    )]
    pub fn len(&self) -> usize {
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        ended.len()
    }

    /// Whether a session ended, and if known why.
    pub fn find(&self, id: &str) -> Option<Option<EndReason>> {
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        ended.get(id).map(|ended| ended.reason)
    }

    /// Reads what ended on any node since this was last done, at most as long ago as access tokens
    /// of today live, and forgets what ended before.
    pub async fn catch_up(&self, db: &Database, now: Millis) -> Result<(), Outage> {
        let lifetime = self.access_token_ttl + SLACK;
        let read_until = Millis(self.read_until.load(Ordering::Relaxed));
        let all = now - lifetime;
        // A clock that was set back has told nothing of what is new.
        let new = if read_until <= now {
            read_until - SLACK
        } else {
            all
        };
        let revoked = db::session::revoked_since(db, all.max(new)).await?;
        self.read_until.store(now.0, Ordering::Relaxed);
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, ended| now < ended.forget_at);
        for session in revoked {
            let forget_at = session.at + lifetime;
            let reason = session.reason;
            ended.insert(session.id, Ended { forget_at, reason });
        }
        Ok(())
    }
}
