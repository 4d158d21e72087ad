//! Runs the machine: one event after the other, effects in their order, nothing borrowed meanwhile.

mod debug_snapshot;
mod effects;
mod exchange;
mod gate;
mod inputs;
mod reauth;
mod server_wait;

pub use debug_snapshot::{DebugSnapshot, LogEntry, LogEvent, Sibling};
pub use reauth::PageHold;
pub use server_wait::ServerWait;

use crate::error::Error;
use crate::platform::Platform;
use crate::shared_storage::{AttemptKey, SharedStorage};
use crate::sign_out_reason::SignOutReason;
use crate::snapshot::{Observers, Snapshot};
use debug_snapshot::EventLog;
use futures::channel::oneshot;
use futures::lock::Mutex;
use protocol::Millis;
use protocol::client::{Event, Machine, Phase, Resume, State, step};
use shared::account::User;
use shared::auth::{AccessToken, LogoutScope, TokenResponse};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// An access token and whose it is.
#[derive(Clone)]
pub(crate) struct Granted {
    pub(crate) access_token: AccessToken,
    pub(crate) user: Rc<User>,
}

impl From<TokenResponse> for Granted {
    fn from(signed_in: TokenResponse) -> Self {
        Self {
            access_token: signed_in.access_token,
            user: Rc::new(signed_in.user),
        }
    }
}

struct QueuedEvent {
    event: Event<SignOutReason>,
    granted: Option<Granted>,
}

/// The one owner of a tab's session.
pub(crate) struct SessionRuntime {
    platform: Platform,
    storage: SharedStorage,
    machine: Cell<Machine<SignOutReason>>,
    granted: RefCell<Option<Granted>>,
    /// What happened and was not yet run: an effect may call back into anything here.
    event_queue: RefCell<VecDeque<QueuedEvent>>,
    running: Cell<bool>,
    queued_calls: RefCell<Vec<oneshot::Sender<Resume>>>,
    /// How many pages keep the place of whoever is signed in.
    page_holds: Cell<u32>,
    /// How much waits for the server to be reached again.
    server_waiters: Cell<u32>,
    /// Whose place is kept while nobody is signed in.
    reauth_user: RefCell<Option<Rc<User>>>,
    /// The calls that wait for them.
    reauth_waiters: RefCell<Vec<oneshot::Sender<()>>>,
    event_log: EventLog,
    /// The error of the last refresh that failed and ended nothing.
    last_error: RefCell<Error>,
    /// The same, of the last one that was rejected.
    last_rejection: RefCell<Option<Error>>,
    /// What this tab last sent.
    attempt_key: RefCell<Option<AttemptKey>>,
    /// Which sessions the last sign-out was about.
    logout_scope: Cell<LogoutScope>,
    /// Which alarm is in force; earlier ones ring in vain.
    timer_id: Cell<u64>,
    observers: Observers,
    last_snapshot: RefCell<Option<Snapshot>>,
    /// Whoever sends what changes the cookie takes turns, so that an answer that is on its way
    /// never replaces the cookie of a later one.
    cookie_lock: Mutex<()>,
    weak_self: Weak<Self>,
}

impl SessionRuntime {
    pub(crate) fn new(platform: Platform) -> Rc<Self> {
        let storage = SharedStorage::new(platform.storage.clone());
        Rc::new_cyclic(|me| Self {
            machine: Cell::new(Machine::new()),
            granted: RefCell::default(),
            event_queue: RefCell::default(),
            running: Cell::default(),
            queued_calls: RefCell::default(),
            page_holds: Cell::default(),
            server_waiters: Cell::default(),
            reauth_user: RefCell::default(),
            reauth_waiters: RefCell::default(),
            event_log: EventLog::default(),
            last_error: RefCell::new(Error::Network),
            last_rejection: RefCell::default(),
            attempt_key: RefCell::default(),
            logout_scope: Cell::new(storage.logout_scope()),
            timer_id: Cell::default(),
            observers: Observers::default(),
            last_snapshot: RefCell::default(),
            cookie_lock: Mutex::new(()),
            weak_self: me.clone(),
            storage,
            platform,
        })
    }

    pub(crate) fn storage(&self) -> &SharedStorage {
        &self.storage
    }

    pub(crate) fn observers(&self) -> &Observers {
        &self.observers
    }

    pub(crate) fn machine(&self) -> Machine<SignOutReason> {
        self.machine.get()
    }

    pub(crate) fn cookie_lock(&self) -> &Mutex<()> {
        &self.cookie_lock
    }

    pub(crate) fn now(&self) -> Millis {
        self.platform.clock.now()
    }

    /// Lets the machine know; returns when it and all that followed is done, unless this is called
    /// from within such a run: then that run goes on with it.
    pub(crate) fn dispatch(&self, event: Event<SignOutReason>) {
        let granted = None;
        self.enqueue(QueuedEvent { event, granted });
    }

    /// The same, with the token that the event is about.
    pub(crate) fn dispatch_granted(&self, event: Event<SignOutReason>, granted: Granted) {
        let granted = Some(granted);
        self.enqueue(QueuedEvent { event, granted });
    }

    fn enqueue(&self, happening: QueuedEvent) {
        self.event_queue.borrow_mut().push_back(happening);
        if self.running.replace(true) {
            return;
        }
        while let Some(happening) = self.next_event() {
            let before = self.user();
            let (machine, effects) = step(self.machine.get(), happening.event, self.now());
            self.machine.set(machine);
            self.event_log
                .record(self.now(), &happening.event, &effects);
            self.apply_effects(effects, happening.granted);
            self.update_reauth_user(before);
            self.notify_observers();
        }
        self.running.set(false);
    }

    fn next_event(&self) -> Option<QueuedEvent> {
        self.event_queue.borrow_mut().pop_front()
    }

    /// The person's own record changed.
    pub(crate) fn update_user(&self, user: &User) {
        let known = self.user();
        if known.is_none_or(|known| known.id != user.id || *known == *user) {
            return;
        }
        if let Some(granted) = self.granted.borrow_mut().as_mut() {
            granted.user = Rc::new(user.clone());
        }
        self.notify_observers();
    }

    pub(crate) fn user(&self) -> Option<Rc<User>> {
        let granted = self.granted.borrow();
        granted.as_ref().map(|granted| granted.user.clone())
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let machine = self.machine.get();
        let (ending, pending_logout) = match machine.state {
            State::SignedOut {
                reason,
                pending_logout,
            } => (reason, pending_logout.is_some()),
            State::Active { .. } => (None, false),
        };
        let phase = machine.phase(self.now());
        let rejected = phase == Phase::Rejected;
        let rejection = rejected
            .then(|| self.last_rejection.borrow().clone())
            .flatten();
        Snapshot {
            phase,
            user: self.user(),
            rejection,
            waiting_for_server: self.server_waiters.get() > 0,
            sign_out_reason: ending,
            pending_logout,
            epoch: machine.epoch,
            reauth_user: self.reauth_user(),
        }
    }

    fn notify_observers(&self) {
        let snapshot = Some(self.snapshot());
        if *self.last_snapshot.borrow() == snapshot {
            return;
        }
        self.last_snapshot.replace(snapshot.clone());
        if let Some(snapshot) = snapshot {
            self.observers.notify(&snapshot);
        }
    }
}
