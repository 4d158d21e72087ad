//! Revoked sessions whose access tokens have not expired yet.
//!
//! The database stores which sessions were revoked; this map answers from memory, so that no
//! request costs a query. On startup, then twice a second, and sooner when the database notifies,
//! it reads the new revocations: a logout on one node takes effect on all others.

use crate::auth::random;
use crate::db::revocation::{self, Cursor, Revocation};
use crate::db::{Database, DbError};
use protocol::Millis;
use shared::claims::AccessClaims;
use shared::session::RevocationReason;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockWriteGuard};

/// A session is kept this much longer than its access tokens live: a concurrent request may have
/// read the session before it was revoked, and issue a token after.
const OVERLAP: Millis = Millis::from_secs(60);
/// How often expired entries are evicted.
const EVICT_INTERVAL: Millis = Millis::from_secs(60);

/// Revoked sessions by the bytes of their ids, because there may be hundreds of thousands: 25 bytes
/// each, and as many again right after the table has grown.
type Map = HashMap<[u8; 16], Entry>;

/// The deny list: revoked sessions by id, and the reason of each.
pub struct DenyList {
    access_token_ttl: Millis,
    ended: RwLock<Map>,
    /// Sessions with a lower cutoff number are revoked.
    cutoff: AtomicU64,
    /// The position up to which the database was read.
    read_until: Mutex<Option<Cursor>>,
    /// When expired entries were last evicted, in milliseconds since the Unix epoch.
    forgot_at: AtomicU64,
}

#[derive(Clone, Copy)]
struct Entry {
    /// In seconds since the Unix epoch.
    forget_at: u32,
    reason: Option<RevocationReason>,
}

impl DenyList {
    /// An empty list for access tokens with this lifetime.
    pub fn new(access_token_ttl: Millis) -> Self {
        Self {
            access_token_ttl,
            ended: RwLock::default(),
            cutoff: AtomicU64::new(0),
            read_until: Mutex::default(),
            forgot_at: AtomicU64::new(0),
        }
    }

    /// Rejects the access tokens of these sessions from now on.
    pub fn add(
        &self,
        ids: impl IntoIterator<Item = impl AsRef<str>>,
        reason: RevocationReason,
        now: Millis,
    ) {
        self.insert(ids.into_iter().map(|id| (id, Some(reason))), now);
    }

    /// The number of sessions on the list.
    #[expect(
        clippy::len_without_is_empty,
        reason = "it is counted, and nothing else"
    )]
    pub fn len(&self) -> usize {
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        ended.len()
    }

    /// Whether a session was revoked, and the reason if known.
    pub fn revocation_of(&self, id: &str) -> Option<Option<RevocationReason>> {
        let id = random::parse(id)?;
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        ended.get(&id).map(|ended| ended.reason)
    }

    /// Whether the session of an access token was revoked, alone or by the cutoff, and the reason
    /// if known.
    pub fn revocation_of_claims(&self, claims: &AccessClaims) -> Option<Option<RevocationReason>> {
        if claims.cutoff < self.cutoff.load(Ordering::Acquire) {
            return Some(Some(RevocationReason::EndedByAdmin));
        }
        self.revocation_of(&claims.sid)
    }

    /// Reads the revocations of all nodes since the last call and returns their number; evicts
    /// sessions whose access tokens have all expired.
    ///
    /// # Errors
    /// [`DbError`] if the database query fails. Revocations read before the error are kept; the
    /// next call reads the rest.
    pub async fn sync(&self, db: &Database, now: Millis) -> Result<usize, DbError> {
        self.evict_expired(now);
        // Before the rows: a row that becomes visible meanwhile is read twice rather than never.
        let state = revocation::state(db).await?;
        let cutoff = u64::try_from(state.cutoff).unwrap_or_default();
        self.cutoff.fetch_max(cutoff, Ordering::AcqRel);
        let since = self.read_until().clone();
        if since.as_ref() == Some(&state.cursor) {
            return Ok(0);
        }
        let since = since.unwrap_or_else(|| Cursor::start(db));
        let mut read = 0;
        let mut last: Option<Revocation> = None;
        loop {
            let page = revocation::page(db, &since, last.as_ref()).await?;
            read += page.len();
            self.insert(page.iter().map(|one| (&*one.session_id, one.reason)), now);
            if page.len() < revocation::PAGE {
                break;
            }
            last = page.into_iter().next_back();
        }
        *self.read_until() = Some(state.cursor);
        Ok(read)
    }

    fn insert(
        &self,
        all: impl Iterator<Item = (impl AsRef<str>, Option<RevocationReason>)>,
        now: Millis,
    ) {
        let until = (now + self.access_token_ttl + OVERLAP).as_secs() + 1;
        let forget_at = u32::try_from(until).unwrap_or(u32::MAX);
        // An id that is not well-formed is in no token.
        let all = all.filter_map(|(id, reason)| {
            Some((random::parse(id.as_ref())?, Entry { forget_at, reason }))
        });
        self.entries().extend(all);
    }

    fn evict_expired(&self, now: Millis) {
        let before = self.forgot_at.load(Ordering::Relaxed);
        if now.0.abs_diff(before) < EVICT_INTERVAL.0 {
            return;
        }
        self.forgot_at.store(now.0, Ordering::Relaxed);
        let seconds = u32::try_from(now.as_secs()).unwrap_or(u32::MAX);
        let mut ended = self.entries();
        ended.retain(|_, ended| seconds < ended.forget_at);
        if ended.len() < ended.capacity() / 4 {
            let room = ended.len() * 2;
            ended.shrink_to(room);
        }
    }

    fn entries(&self) -> RwLockWriteGuard<'_, Map> {
        self.ended.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_until(&self) -> std::sync::MutexGuard<'_, Option<Cursor>> {
        let locked = self.read_until.lock();
        locked.unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
