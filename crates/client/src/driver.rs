//! Runs the machine: one event after the other, effects in their order, nothing borrowed meanwhile.

mod effects;
mod exchange;
mod gate;
mod inspect;
mod passage;
mod place;
mod waiting;

pub use inspect::{Inspection, Note, Noted, Sibling};
pub use place::Place;
pub use waiting::Waiting;

use crate::ending::Ending;
use crate::error::Error;
use crate::notes::{Attempt, Notes};
use crate::ports::Ports;
use crate::snapshot::{Observers, Snapshot};
use futures::channel::oneshot;
use futures::lock::Mutex;
use inspect::Journal;
use protocol::Millis;
use protocol::client::{Event, Machine, Phase, Release, State, step};
use shared::account::User;
use shared::sign_in::{AccessToken, LogoutScope, SignedIn};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// An access token and whose it is.
#[derive(Clone)]
pub(crate) struct Granted {
    pub(crate) access_token: AccessToken,
    pub(crate) user: Rc<User>,
}

impl From<SignedIn> for Granted {
    fn from(signed_in: SignedIn) -> Self {
        Self {
            access_token: signed_in.access_token,
            user: Rc::new(signed_in.user),
        }
    }
}

struct Happening {
    event: Event<Ending>,
    granted: Option<Granted>,
}

/// The one owner of a tab's session.
pub(crate) struct Driver {
    ports: Ports,
    notes: Notes,
    machine: Cell<Machine<Ending>>,
    granted: RefCell<Option<Granted>>,
    /// What happened and was not yet run: an effect may call back into anything here.
    happenings: RefCell<VecDeque<Happening>>,
    running: Cell<bool>,
    parked: RefCell<Vec<oneshot::Sender<Release>>>,
    /// How many pages keep the place of whoever is signed in.
    places: Cell<u32>,
    /// How much waits for the server to be reached again.
    waiting: Cell<u32>,
    /// Whose place is kept while nobody is signed in.
    awaited: RefCell<Option<Rc<User>>>,
    /// The calls that wait for them.
    returns: RefCell<Vec<oneshot::Sender<()>>>,
    journal: Journal,
    /// The error of the last refresh that failed and ended nothing.
    failure: RefCell<Error>,
    /// The same, of the last one that was rejected.
    rejection: RefCell<Option<Error>>,
    /// What this tab last sent.
    attempt: RefCell<Option<Attempt>>,
    /// Which sessions the last sign-out was about.
    scope: Cell<LogoutScope>,
    /// Which alarm is in force; earlier ones ring in vain.
    alarm: Cell<u64>,
    observers: Observers,
    told: RefCell<Option<Snapshot>>,
    /// Whoever sends what changes the cookie takes turns, so that an answer that is on its way
    /// never replaces the cookie of a later one.
    turn: Mutex<()>,
    me: Weak<Self>,
}

impl Driver {
    pub(crate) fn new(ports: Ports) -> Rc<Self> {
        let notes = Notes::new(ports.storage.clone());
        Rc::new_cyclic(|me| Self {
            machine: Cell::new(Machine::new()),
            granted: RefCell::default(),
            happenings: RefCell::default(),
            running: Cell::default(),
            parked: RefCell::default(),
            places: Cell::default(),
            waiting: Cell::default(),
            awaited: RefCell::default(),
            returns: RefCell::default(),
            journal: Journal::default(),
            failure: RefCell::new(Error::Network),
            rejection: RefCell::default(),
            attempt: RefCell::default(),
            scope: Cell::new(notes.leaving()),
            alarm: Cell::default(),
            observers: Observers::default(),
            told: RefCell::default(),
            turn: Mutex::new(()),
            me: me.clone(),
            notes,
            ports,
        })
    }

    pub(crate) fn notes(&self) -> &Notes {
        &self.notes
    }

    pub(crate) fn observers(&self) -> &Observers {
        &self.observers
    }

    pub(crate) fn machine(&self) -> Machine<Ending> {
        self.machine.get()
    }

    pub(crate) fn turn(&self) -> &Mutex<()> {
        &self.turn
    }

    pub(crate) fn now(&self) -> Millis {
        self.ports.clock.now()
    }

    /// Lets the machine know; returns when it and all that followed is done, unless this is called
    /// from within such a run: then that run goes on with it.
    pub(crate) fn dispatch(&self, event: Event<Ending>) {
        let granted = None;
        self.happen(Happening { event, granted });
    }

    /// The same, with the token that the event is about.
    pub(crate) fn dispatch_granted(&self, event: Event<Ending>, granted: Granted) {
        let granted = Some(granted);
        self.happen(Happening { event, granted });
    }

    fn happen(&self, happening: Happening) {
        self.happenings.borrow_mut().push_back(happening);
        if self.running.replace(true) {
            return;
        }
        while let Some(happening) = self.next_happening() {
            let before = self.user();
            let (machine, effects) = step(self.machine.get(), happening.event, self.now());
            self.machine.set(machine);
            self.journal.write(self.now(), &happening.event, &effects);
            self.carry_out(effects, happening.granted);
            self.look_who_left(before);
            self.tell_observers();
        }
        self.running.set(false);
    }

    fn next_happening(&self) -> Option<Happening> {
        self.happenings.borrow_mut().pop_front()
    }

    /// The person's own record changed.
    pub(crate) fn learnt(&self, user: &User) {
        let known = self.user();
        if known.is_none_or(|known| known.id != user.id || *known == *user) {
            return;
        }
        if let Some(granted) = self.granted.borrow_mut().as_mut() {
            granted.user = Rc::new(user.clone());
        }
        self.tell_observers();
    }

    pub(crate) fn user(&self) -> Option<Rc<User>> {
        let granted = self.granted.borrow();
        granted.as_ref().map(|granted| granted.user.clone())
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let machine = self.machine.get();
        let (ending, leaving) = match machine.state {
            State::SignedOut { reason, leaving } => (reason, leaving.is_some()),
            State::Live { .. } => (None, false),
        };
        let phase = machine.phase(self.now());
        let rejected = phase == Phase::Rejected;
        let rejection = rejected.then(|| self.rejection.borrow().clone()).flatten();
        Snapshot {
            phase,
            user: self.user(),
            rejection,
            waiting: self.waiting.get() > 0,
            ending,
            leaving,
            generation: machine.epoch,
            awaited: self.awaited(),
        }
    }

    fn tell_observers(&self) {
        let snapshot = Some(self.snapshot());
        if *self.told.borrow() == snapshot {
            return;
        }
        self.told.replace(snapshot.clone());
        if let Some(snapshot) = snapshot {
            self.observers.tell(&snapshot);
        }
    }
}
