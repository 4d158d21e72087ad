//! What a developer wants to see of a tab: its token's claims, its machine, what happened.

use super::SessionRuntime;
use crate::claims;
use crate::message::Message;
use crate::sign_out_reason::SignOutReason;
use protocol::Millis;
use protocol::client::{
    AccessGrant, Effects, Epoch, Event, Machine, RequestStatus, ServerResponse, State, TokenSource,
};
use serde::{Deserialize, Serialize};
use shared::claims::AccessClaims;
use std::cell::RefCell;
use std::collections::VecDeque;

/// How many notes are kept.
const MAX_ENTRIES: usize = 40;

/// One tab at one moment; no token is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebugSnapshot {
    /// The machine.
    pub machine: Machine<SignOutReason>,
    /// What the access token says.
    pub claims: Option<AccessClaims>,
    /// How long the token still lives.
    pub expires_in: Option<Millis>,
    /// How long until the next one is fetched, or tried again.
    pub next_request_in: Option<Millis>,
    /// How many calls wait for a token.
    pub queued_calls: usize,
    /// What happened, the newest first.
    pub log: Vec<LogEntry>,
    /// This tab's name among its siblings.
    pub tab: u16,
    /// The siblings that answered the last roll call.
    pub siblings: Vec<Sibling>,
}

/// Another tab of this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sibling {
    /// Its name.
    pub tab: u16,
    /// Its epoch.
    pub epoch: Epoch,
    /// Whether somebody is signed in there.
    pub active: bool,
}

/// Something that happened in this tab, and how long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// How long ago.
    pub ago: Millis,
    /// What.
    pub event: LogEvent,
}

/// What can happen in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogEvent {
    /// Somebody signed in here.
    SignedIn,
    /// A refresh was started.
    RefreshStarted,
    /// The refresh brought a token.
    Refreshed,
    /// The refresh failed and ended nothing: an outage, or a rejection.
    RefreshFailed,
    /// A sibling shared the token of a sign-in or a refresh.
    SiblingShared(TokenSource),
    /// The API refused a call and asked for a refresh.
    CallUnauthorized,
    /// Somebody made the token count as expired.
    Expired,
    /// The session is over.
    SignedOut(SignOutReason),
    /// The server heard of the sign-out.
    LogoutConfirmed,
}

/// The last notes.
#[derive(Default)]
pub(super) struct EventLog {
    log: RefCell<VecDeque<(Millis, LogEvent)>>,
    tab: RefCell<Option<u16>>,
    siblings: RefCell<Vec<Sibling>>,
}

impl EventLog {
    pub(super) fn record(
        &self,
        now: Millis,
        event: &Event<SignOutReason>,
        effects: &Effects<SignOutReason>,
    ) {
        if let Some(note) = log_event_for(event, effects) {
            self.push(now, note);
        }
        if effects.start_refresh.is_some() {
            self.push(now, LogEvent::RefreshStarted);
        }
    }

    fn push(&self, now: Millis, note: LogEvent) {
        let mut notes = self.log.borrow_mut();
        notes.push_front((now, note));
        notes.truncate(MAX_ENTRIES);
    }
}

/// Events that changed nothing are no news.
fn log_event_for(
    event: &Event<SignOutReason>,
    effects: &Effects<SignOutReason>,
) -> Option<LogEvent> {
    Some(match event {
        Event::SignedIn { .. } => LogEvent::SignedIn,
        Event::RefreshResponse { response, .. } => match response {
            ServerResponse::Granted { .. } => effects.store_token.then_some(LogEvent::Refreshed)?,
            ServerResponse::Transient { .. } | ServerResponse::Rejected { .. } => {
                LogEvent::RefreshFailed
            }
            ServerResponse::SessionEnded(reason) => effects
                .clear_token
                .then_some(LogEvent::SignedOut(*reason))?,
        },
        Event::LogoutResponse { .. } => effects.hint.map(|_| LogEvent::LogoutConfirmed)?,
        Event::CallUnauthorized { .. } => LogEvent::CallUnauthorized,
        Event::CallSessionEnded { reason, .. }
        | Event::SignOut { reason, .. }
        | Event::SiblingSignedOut { reason, .. } => effects
            .clear_token
            .then_some(LogEvent::SignedOut(*reason))?,
        Event::SiblingToken { source, .. } => effects
            .store_token
            .then_some(LogEvent::SiblingShared(*source))?,
        Event::PageLoaded(_)
        | Event::SiblingsProbed { .. }
        | Event::SiblingTokenRequest { .. }
        | Event::TokenRequested
        | Event::TimerFired
        | Event::PageResumed { .. } => return None,
    })
}

impl SessionRuntime {
    pub(crate) fn debug_snapshot(&self) -> DebugSnapshot {
        let (machine, now) = (self.machine.get(), self.now());
        let (grant, request) = match machine.state {
            State::Active { grant, request } => (grant, Some(request)),
            State::SignedOut { pending_logout, .. } => (None, pending_logout),
        };
        let next = match request {
            Some(RequestStatus::Backoff { retry_at, .. }) => Some(retry_at),
            Some(RequestStatus::Idle) => grant.map(|grant| grant.refresh_at),
            Some(RequestStatus::AwaitingSibling { until }) => Some(until),
            Some(RequestStatus::ProbingSiblings | RequestStatus::InFlight { .. }) | None => None,
        };
        let granted = self.granted.borrow();
        let log = self.event_log.log.borrow();
        DebugSnapshot {
            machine,
            claims: granted
                .as_ref()
                .and_then(|granted| claims::decode(&granted.access_token)),
            expires_in: grant.map(|grant| grant.expires_at - now),
            next_request_in: next.map(|at| at - now),
            queued_calls: self.queued_calls.borrow().len() + self.reauth_waiters.borrow().len(),
            log: log
                .iter()
                .map(|&(at, event)| LogEntry {
                    ago: now - at,
                    event,
                })
                .collect(),
            tab: self.tab_id(),
            siblings: self.event_log.siblings.borrow().clone(),
        }
    }

    /// As when its time has passed: the machine knows that state, and the next call refreshes.
    pub(crate) fn expire_token(&self) {
        let (machine, now) = (self.machine.get(), self.now());
        if let State::Active {
            grant: Some(grant),
            request,
        } = machine.state
        {
            let expires_at = grant.expires_at.min(now);
            let grant = Some(AccessGrant {
                expires_at,
                ..grant
            });
            let state = State::Active { grant, request };
            self.machine.set(Machine { state, ..machine });
            self.event_log.push(now, LogEvent::Expired);
            self.notify_observers();
        }
    }

    pub(crate) fn ping_siblings(&self) {
        self.event_log.siblings.borrow_mut().clear();
        self.platform.tab_channel.broadcast(&Message::Ping.encode());
    }

    /// The page goes away.
    pub(crate) fn on_page_hidden(&self) {
        self.storage.clear_leader(self.tab_id());
    }

    pub(super) fn reply_to_ping(&self) {
        let machine = self.machine.get();
        let me = Sibling {
            tab: self.tab_id(),
            epoch: machine.epoch,
            active: matches!(machine.state, State::Active { .. }),
        };
        self.platform
            .tab_channel
            .broadcast(&Message::Pong(me).encode());
    }

    pub(super) fn add_sibling(&self, sibling: Sibling) {
        let mut siblings = self.event_log.siblings.borrow_mut();
        siblings.retain(|known| known.tab != sibling.tab);
        siblings.push(sibling);
    }

    /// Drawn when it is first asked for.
    pub(super) fn tab_id(&self) -> u16 {
        *self
            .event_log
            .tab
            .borrow_mut()
            .get_or_insert_with(|| self.jitter())
    }
}
