//! What a developer wants to see of a tab: its token's claims, its machine, what happened.

use super::Driver;
use crate::claims;
use crate::ending::Ending;
use crate::message::Message;
use protocol::Millis;
use protocol::client::{Answer, Effects, Effort, Epoch, Event, Grant, Grantor, Machine, State};
use serde::{Deserialize, Serialize};
use shared::claims::AccessClaims;
use std::cell::RefCell;
use std::collections::VecDeque;

/// How many notes are kept.
const MOST_NOTES: usize = 40;

/// One tab at one moment; no token is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The machine.
    pub machine: Machine<Ending>,
    /// What the access token says.
    pub claims: Option<AccessClaims>,
    /// How long the token still lives.
    pub expires_in: Option<Millis>,
    /// How long until the next one is fetched, or tried again.
    pub next_in: Option<Millis>,
    /// How many calls wait for a token.
    pub parked: usize,
    /// What happened, the newest first.
    pub notes: Vec<Noted>,
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
    pub live: bool,
}

/// Something that happened in this tab, and how long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// How long ago.
    pub ago: Millis,
    /// What.
    pub what: Note,
}

/// What can happen in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Somebody signed in here.
    SignedIn,
    /// A refresh was started.
    RefreshStarted,
    /// The refresh brought a token.
    Refreshed,
    /// The refresh failed and ended nothing: an outage, or a rejection.
    RefreshFailed,
    /// A sibling shared the token of a sign-in or a refresh.
    SiblingShared(Grantor),
    /// The API refused a call and asked for a refresh.
    CallRefused,
    /// Somebody made the token count as expired.
    Expired,
    /// The session is over.
    Ended(Ending),
    /// The server heard of the sign-out.
    LeaveHeard,
}

/// The last notes.
#[derive(Default)]
pub(super) struct Journal {
    notes: RefCell<VecDeque<(Millis, Note)>>,
    tab: RefCell<Option<u16>>,
    siblings: RefCell<Vec<Sibling>>,
}

impl Journal {
    pub(super) fn write(&self, now: Millis, event: &Event<Ending>, effects: &Effects<Ending>) {
        if let Some(note) = told_by(event, effects) {
            self.note(now, note);
        }
        if effects.refresh.is_some() {
            self.note(now, Note::RefreshStarted);
        }
    }

    fn note(&self, now: Millis, note: Note) {
        let mut notes = self.notes.borrow_mut();
        notes.push_front((now, note));
        notes.truncate(MOST_NOTES);
    }
}

/// Events that changed nothing are no news.
fn told_by(event: &Event<Ending>, effects: &Effects<Ending>) -> Option<Note> {
    Some(match event {
        Event::SignedIn { .. } => Note::SignedIn,
        Event::Refreshed { answer, .. } => match answer {
            Answer::Granted { .. } => effects.keep_token.then_some(Note::Refreshed)?,
            Answer::Transient { .. } | Answer::Rejected { .. } => Note::RefreshFailed,
            Answer::Ended(reason) => effects.drop_token.then_some(Note::Ended(*reason))?,
        },
        Event::LeftAnswered { .. } => effects.hint.map(|_| Note::LeaveHeard)?,
        Event::CallRefused { .. } => Note::CallRefused,
        Event::CallEnded { reason, .. }
        | Event::SignOut { reason, .. }
        | Event::SiblingLeft { reason, .. } => {
            effects.drop_token.then_some(Note::Ended(*reason))?
        }
        Event::SiblingGranted { by, .. } => {
            effects.keep_token.then_some(Note::SiblingShared(*by))?
        }
        Event::Start(_)
        | Event::Looked { .. }
        | Event::SiblingAsked { .. }
        | Event::Wanted
        | Event::Tick
        | Event::Wake { .. } => return None,
    })
}

impl Driver {
    pub(crate) fn inspect(&self) -> Inspection {
        let (machine, now) = (self.machine.get(), self.now());
        let (grant, effort) = match machine.state {
            State::Live { grant, effort } => (grant, Some(effort)),
            State::SignedOut { leaving, .. } => (None, leaving),
        };
        let next = match effort {
            Some(Effort::Waiting { retry_at, .. }) => Some(retry_at),
            Some(Effort::Idle) => grant.map(|grant| grant.refresh_at),
            Some(Effort::Asking { until }) => Some(until),
            Some(Effort::Looking | Effort::InFlight { .. }) | None => None,
        };
        let granted = self.granted.borrow();
        let notes = self.journal.notes.borrow();
        Inspection {
            machine,
            claims: granted
                .as_ref()
                .and_then(|granted| claims::of(&granted.access_token)),
            expires_in: grant.map(|grant| grant.expires_at - now),
            next_in: next.map(|at| at - now),
            parked: self.parked.borrow().len() + self.returns.borrow().len(),
            notes: notes
                .iter()
                .map(|&(at, what)| Noted {
                    ago: now - at,
                    what,
                })
                .collect(),
            tab: self.tab(),
            siblings: self.journal.siblings.borrow().clone(),
        }
    }

    /// As when its time has passed: the machine knows that state, and the next call refreshes.
    pub(crate) fn expire(&self) {
        let (machine, now) = (self.machine.get(), self.now());
        if let State::Live {
            grant: Some(grant),
            effort,
        } = machine.state
        {
            let expires_at = grant.expires_at.min(now);
            let grant = Some(Grant {
                expires_at,
                ..grant
            });
            let state = State::Live { grant, effort };
            self.machine.set(Machine { state, ..machine });
            self.journal.note(now, Note::Expired);
            self.tell_observers();
        }
    }

    pub(crate) fn call_roll(&self) {
        self.journal.siblings.borrow_mut().clear();
        self.ports.siblings.tell(&Message::RollCall.encode());
    }

    /// The page goes away.
    pub(crate) fn hide(&self) {
        self.notes.forget_spender(self.tab());
    }

    pub(super) fn answer_roll_call(&self) {
        let machine = self.machine.get();
        let me = Sibling {
            tab: self.tab(),
            epoch: machine.epoch,
            live: matches!(machine.state, State::Live { .. }),
        };
        self.ports.siblings.tell(&Message::Here(me).encode());
    }

    pub(super) fn meet(&self, sibling: Sibling) {
        let mut siblings = self.journal.siblings.borrow_mut();
        siblings.retain(|known| known.tab != sibling.tab);
        siblings.push(sibling);
    }

    /// Drawn when it is first asked for.
    pub(super) fn tab(&self) -> u16 {
        *self
            .journal
            .tab
            .borrow_mut()
            .get_or_insert_with(|| self.jitter())
    }
}
