use crate::token::{Access, Key, Person, Reason};
use protocol::Millis;
use protocol::client::{Broadcast, Epoch, Event, Hint, Machine, Phase, RequestStatus, State, step};

/// One page: the machine of the protocol, and what its driver holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tab {
    /// The browser's half of the protocol.
    pub machine: Machine<Reason>,
    /// The access token.
    pub access: Option<Access>,
    /// The attempt key that this tab last sent.
    pub key: Option<Key>,
    /// When its timer rings.
    pub alarm: Option<Millis>,
    /// What waits for its turn: one exchange at a time may change the cookie.
    pub queue: Vec<Want>,
    /// What siblings told and it has not heard yet.
    pub inbox: Vec<Message>,
    /// Whether calls wait for a token.
    pub parked: bool,
    /// Whether it was frozen while a sibling spoke.
    pub missed: bool,
}

/// What waits for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    Refresh(Epoch),
    Leave(Epoch),
    SignIn(Person),
}

/// What tabs tell one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// The machine's words.
    pub telling: Broadcast<Reason>,
    /// The token, and how long it lives.
    pub granted: Option<(Access, Millis)>,
}

impl Tab {
    /// A page that has not run yet.
    pub const fn blank() -> Self {
        Self {
            machine: Machine::new(),
            access: None,
            key: None,
            alarm: None,
            queue: Vec::new(),
            inbox: Vec::new(),
            parked: false,
            missed: false,
        }
    }

    /// A page that has just learnt from a sibling that somebody is signed in.
    pub fn signed_in(access: Access, event: Event<Reason>, now: Millis) -> Self {
        let mut tab = Self::blank();
        let (machine, _) = step(tab.machine, Event::PageLoaded(Hint::SignedOut(0)), now);
        let (machine, effects) = step(machine, event, now);
        tab.machine = machine;
        tab.access = Some(access);
        tab.alarm = effects.set_timer;
        tab
    }

    /// Whether it believes that somebody is signed in.
    pub const fn is_live(&self) -> bool {
        matches!(self.machine.state, State::Active { .. })
    }

    /// What it is doing towards an answer of the server.
    pub const fn effort(&self) -> Option<RequestStatus> {
        match self.machine.state {
            State::Active { request, .. } => Some(request),
            State::SignedOut { pending_logout, .. } => pending_logout,
        }
    }

    /// Whether its page shows the sign-in form.
    pub fn offers_sign_in(&self, now: Millis) -> bool {
        matches!(self.machine.phase(now), Phase::SignedOut | Phase::Rejected)
    }

    /// Whether it was just loaded and has not looked around yet.
    pub const fn looks(&self) -> bool {
        matches!(
            self.machine.state,
            State::Active {
                request: RequestStatus::ProbingSiblings,
                ..
            }
        )
    }

    /// Until when it waits for what a sibling has, if it asked for it.
    pub const fn asks_until(&self) -> Option<Millis> {
        match self.machine.state {
            State::Active {
                request: RequestStatus::AwaitingSibling { until },
                ..
            } => Some(until),
            _ => None,
        }
    }

    /// Whether nothing is under way.
    pub fn is_quiescent(&self) -> bool {
        let idle = match self.machine.state {
            State::Active { grant, request } => grant.is_some() && request == RequestStatus::Idle,
            State::SignedOut { pending_logout, .. } => pending_logout.is_none(),
        };
        idle && self.queue.is_empty() && self.inbox.is_empty() && !self.parked && !self.missed
    }

    /// Serial numbers only tell apart tokens that calls are under way with: where none is, runs
    /// that differ in nothing else are one.
    pub fn forget_serial(&mut self) {
        self.machine.serial = 0;
        if let State::Active {
            grant: Some(grant), ..
        } = &mut self.machine.state
        {
            grant.serial = 0;
        }
    }
}
