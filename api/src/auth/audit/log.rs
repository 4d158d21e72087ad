//! The audit log: the timeline of a session, the events that an administrator can search, and log
//! lines, which are written at once.
//!
//! Security decisions are recorded in the transaction that makes them. Other events (a refresh, a
//! wrong password) are buffered in memory for at most a second and written together, so that a
//! refresh needs no second commit. A crash may lose that second of events, but never a decision.

mod budget;

use crate::auth::client_info::ClientInfo;
use crate::db::event::{self, Event};
use crate::db::{ConnectionTrait, Database, DbError};
use budget::{Budget, is_routine};
use protocol::Millis;
use shared::event::EventKind;
use shared::session::RevocationReason;
use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The maximum number of buffered events. Further ones appear only as log lines.
const MAX_PENDING: usize = 10_000;

/// The buffer of events to write.
#[derive(Default)]
pub struct AuditLog {
    waiting: Mutex<Vec<Event>>,
    half_full: Notify,
    budget: Budget,
    not_written: AtomicU64,
}

impl AuditLog {
    /// Buffers an event that decides nothing. An event beyond the budget of the hour is counted but
    /// not written; it still appears as a log line unless it is routine.
    pub fn enqueue(&self, event: Event) {
        let admitted = self.budget.try_count(&event);
        if admitted || !is_routine(&event) {
            log(&event);
        }
        let mut waiting = self.pending();
        if admitted && waiting.len() < MAX_PENDING {
            waiting.push(event);
        } else {
            self.not_written.fetch_add(1, Ordering::Relaxed);
        }
        if waiting.len() == MAX_PENDING / 2 {
            self.half_full.notify_one();
        }
    }

    /// How many events were counted but not written.
    pub fn dropped(&self) -> u64 {
        self.not_written.load(Ordering::Relaxed)
    }

    /// Removes the budgets of past hours.
    pub fn prune(&self, now: Millis) {
        self.budget.prune(now);
    }

    /// The number of buffered events.
    #[expect(
        clippy::len_without_is_empty,
        reason = "it is counted, and nothing else"
    )]
    pub fn len(&self) -> usize {
        self.pending().len()
    }

    /// Resolves when the buffer is so full that it should be written before the second has passed.
    pub async fn high_water(&self) {
        self.half_full.notified().await;
    }

    /// Writes the buffer. If that fails, the events stay in the buffer.
    ///
    /// # Errors
    /// [`DbError`] if the database query fails.
    pub async fn flush(&self, db: &Database) -> Result<(), DbError> {
        let events = mem::take(&mut *self.pending());
        if events.is_empty() {
            return Ok(());
        }
        let written = event::insert(db.connection(), events.clone()).await;
        if written.is_err() {
            let mut waiting = self.pending();
            let room = MAX_PENDING.saturating_sub(waiting.len());
            waiting.splice(0..0, events.into_iter().take(room));
        }
        written
    }

    fn pending(&self) -> MutexGuard<'_, Vec<Event>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Records the events of a decision in its transaction.
pub(crate) async fn insert(on: &impl ConnectionTrait, events: Vec<Event>) -> Result<(), DbError> {
    for event in &events {
        log(event);
    }
    event::insert(on, events).await
}

/// An event about a user, from the given client.
pub(crate) fn user_event(
    kind: EventKind,
    user_id: &str,
    caller: Option<&ClientInfo>,
    now: Millis,
) -> Event {
    Event {
        user_id: Some(user_id.to_owned()),
        ..anonymous_event(kind, caller, now)
    }
}

/// An event without a known user.
pub(crate) fn anonymous_event(kind: EventKind, caller: Option<&ClientInfo>, now: Millis) -> Event {
    Event {
        id: 0,
        at: i64::try_from(now.0).unwrap_or(i64::MAX),
        kind: kind.as_str().to_owned(),
        reason: None,
        user_id: None,
        session_id: None,
        actor_id: None,
        ip: caller.map(|caller| caller.address.to_canonical().to_string()),
        user_agent: caller.and_then(ClientInfo::user_agent).map(str::to_owned),
    }
}

/// Adds the session to an event.
pub(crate) fn with_session(session_id: &str, event: Event) -> Event {
    Event {
        session_id: Some(session_id.to_owned()),
        ..event
    }
}

fn log(event: &Event) {
    let reused = event.reason.as_deref() == Some(RevocationReason::TokenReuse.as_str());
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                target: "audit",
                event = event.kind,
                reason = event.reason,
                user = event.user_id,
                session = event.session_id,
                by = event.actor_id,
                ip = event.ip,
            )
        };
    }
    // A token may have been stolen, so an operator must see it.
    if reused { line!(warn) } else { line!(info) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[test]
    fn a_flood_does_not_fill_the_memory() {
        let journal = AuditLog::default();
        for _ in 0..=MAX_PENDING {
            journal.enqueue(anonymous_event(EventKind::SignInFailed, None, Millis(0)));
        }
        assert_eq!(journal.pending().len(), MAX_PENDING);
    }

    #[tokio::test]
    async fn a_half_full_journal_asks_to_be_written() {
        let journal = AuditLog::default();
        let note = || journal.enqueue(anonymous_event(EventKind::SignInFailed, None, Millis(0)));
        for _ in 1..MAX_PENDING / 2 {
            note();
        }
        assert!(journal.high_water().now_or_never().is_none());
        note();
        assert!(journal.high_water().now_or_never().is_some());
    }
}
