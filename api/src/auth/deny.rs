//! Sessions that ended while access tokens of theirs still live.
//!
//! The database knows which sessions ended; this map answers from memory, so that no call costs a
//! query. On start, and then every second, it reads what ended since: so a logout on one node is
//! felt on every other.

use crate::db::{self, Database, Outage};
use protocol::Millis;
use shared::session::EndReason;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Added to both ends, because a statement's time is taken a little before it commits.
const SLACK: Millis = Millis::from_secs(60);

/// Ended sessions by id, and why each ended.
pub struct DenyList {
    access_token_ttl: Millis,
    ended: RwLock<HashMap<String, Ended>>,
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
        }
    }

    /// Refuses the access tokens of these sessions from now on.
    pub fn add(&self, ids: Vec<String>, reason: EndReason, now: Millis) {
        let forget_at = now + self.access_token_ttl + SLACK;
        let reason = Some(reason);
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        ended.extend(ids.into_iter().map(|id| (id, Ended { forget_at, reason })));
    }

    /// Whether a session ended, and if known why.
    pub fn find(&self, id: &str) -> Option<Option<EndReason>> {
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        ended.get(id).map(|ended| ended.reason)
    }

    /// Reads what ended on any node while access tokens of today still lived, and forgets what
    /// ended before.
    pub async fn catch_up(&self, db: &Database, now: Millis) -> Result<(), Outage> {
        let lifetime = self.access_token_ttl + SLACK;
        let revoked = db::session::revoked_since(db, now - lifetime).await?;
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
