//! One browser: tabs with a shared store, one wire whose answers the test gives, one clock.

mod platform;
mod responses;

pub use responses::{
    ended, hasty_problem, no_content, offline, page, problem, proxy, signed_in, user,
};

use client::{Client, Millis, NetworkError, Request, Response};
use futures::channel::oneshot;
use futures::executor::{LocalPool, LocalSpawner};
use futures::task::LocalSpawnExt;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// What the wire said to a request.
pub type Answer = Result<Response, NetworkError>;

/// A request that waits for its answer.
pub struct Waiting {
    /// What was asked.
    pub request: Request,
    answer: oneshot::Sender<Answer>,
}

impl Waiting {
    /// The server answers.
    pub fn answer(self, answer: Answer) {
        // Whoever asked may have given up.
        let _ = self.answer.send(answer);
    }

    /// Whether nobody waits for the answer any more.
    pub fn is_given_up(&self) -> bool {
        self.answer.is_canceled()
    }
}

/// What all tabs share.
pub struct Shared {
    now: Cell<Millis>,
    sleepers: RefCell<Vec<(Millis, oneshot::Sender<()>)>>,
    wire: RefCell<Vec<Waiting>>,
    sent: RefCell<Vec<String>>,
    store: RefCell<HashMap<String, String>>,
    mail: RefCell<Vec<(usize, String)>>,
    random: Cell<u64>,
    spawner: LocalSpawner,
}

/// One browser.
pub struct Browser {
    pool: LocalPool,
    shared: Rc<Shared>,
    tabs: Vec<Option<Client>>,
}

/// What a call came to, once it did.
pub type Outcome<T> = Rc<RefCell<Option<T>>>;

impl Browser {
    pub fn new() -> Self {
        let pool = LocalPool::new();
        let shared = Shared {
            // Far from zero: nothing may depend on where a clock starts.
            now: Cell::new(Millis(5_000_000)),
            sleepers: RefCell::default(),
            wire: RefCell::default(),
            sent: RefCell::default(),
            store: RefCell::default(),
            mail: RefCell::default(),
            random: Cell::new(7),
            spawner: pool.spawner(),
        };
        Self {
            pool,
            shared: Rc::new(shared),
            tabs: Vec::new(),
        }
    }

    /// A browser with one tab, where alice is signed in and nothing is pending.
    pub fn with_alice() -> (Self, Client) {
        let mut browser = Self::new();
        browser.remember("somebody 1");
        let tab = browser.open();
        browser
            .take("/api/auth/refresh")
            .answer(signed_in("alice", "t1"));
        browser.settle();
        browser.forget_sent();
        (browser, tab)
    }

    /// Opens a tab.
    pub fn open(&mut self) -> Client {
        let [client] = self
            .restore(1)
            .try_into()
            .expect("BUG: one tab was restored");
        client
    }

    /// The browser brings so many tabs back in one instant.
    pub fn restore(&mut self, tabs: usize) -> Vec<Client> {
        let restored: Vec<_> = (0..tabs)
            .map(|tab| Client::start(self.shared.ports(self.tabs.len() + tab)))
            .collect();
        self.tabs.extend(restored.iter().cloned().map(Some));
        // The moment after which a page that was loaded looks for siblings.
        self.advance(Millis(10));
        restored
    }

    /// Opens a tab so late that no sibling is asked: it sets out for itself.
    pub fn open_later(&mut self) -> Client {
        self.advance(Millis::from_secs(10));
        self.open()
    }

    /// All tabs are closed; the store stays.
    pub fn close_all(&mut self) {
        self.tabs.iter_mut().for_each(|tab| *tab = None);
        self.shared.wire.borrow_mut().clear();
        self.settle();
    }

    /// Begins a call; its outcome appears in the slot.
    pub fn begin<T: 'static>(&mut self, call: impl Future<Output = T> + 'static) -> Outcome<T> {
        let outcome: Outcome<T> = Rc::default();
        let slot = outcome.clone();
        let run = async move {
            let came = call.await;
            slot.replace(Some(came));
        };
        self.pool
            .spawner()
            .spawn_local(run)
            .expect("BUG: the pool runs");
        self.settle();
        outcome
    }

    /// Runs everything that can run, and delivers what tabs told one another.
    pub fn settle(&mut self) {
        loop {
            self.pool.run_until_stalled();
            let mail = self.shared.mail.take();
            if mail.is_empty() {
                return;
            }
            for (from, message) in mail {
                let others = self.tabs.iter().enumerate().filter(|(id, _)| *id != from);
                others
                    .filter_map(|(_, tab)| tab.as_ref())
                    .for_each(|tab| tab.on_sibling_message(&message));
            }
        }
    }

    /// Lets time pass, in one leap, as a laptop that sleeps does.
    pub fn advance(&mut self, time: Millis) {
        let now = self.shared.now.get() + time;
        self.shared.now.set(now);
        let (due, rest): (Vec<_>, Vec<_>) = self
            .shared
            .sleepers
            .take()
            .into_iter()
            .partition(|(at, _)| *at <= now);
        self.shared.sleepers.replace(rest);
        for (_, ring) in due {
            let _ = ring.send(());
        }
        self.settle();
    }

    /// The oldest unanswered request to that path.
    #[track_caller]
    pub fn take(&mut self, path: &str) -> Waiting {
        self.settle();
        let mut wire = self.shared.wire.borrow_mut();
        let at = wire.iter().position(|waiting| waiting.request.path == path);
        match at {
            Some(at) => wire.remove(at),
            None => panic!(
                "no request to {path}; sent were {:?}",
                self.shared.sent.borrow()
            ),
        }
    }

    /// Takes and answers.
    #[track_caller]
    pub fn answer(&mut self, path: &str, answer: Answer) -> Request {
        let waiting = self.take(path);
        let request = waiting.request.clone();
        waiting.answer(answer);
        self.settle();
        request
    }

    /// How many requests went to that path.
    pub fn count(&self, path: &str) -> usize {
        self.shared
            .sent
            .borrow()
            .iter()
            .filter(|sent| *sent == path)
            .count()
    }

    /// How many requests there were at all.
    pub fn count_all(&self) -> usize {
        self.shared.sent.borrow().len()
    }

    pub fn forget_sent(&self) {
        self.shared.sent.borrow_mut().clear();
    }

    /// What chance brings from here on.
    pub fn rolls(&self, seed: u64) {
        self.shared.random.set(seed);
    }

    /// What the session hint says.
    pub fn hint(&self) -> Option<String> {
        self.shared
            .store
            .borrow()
            .get("countersign.session")
            .cloned()
    }

    pub fn remember(&self, hint: &str) {
        let mut store = self.shared.store.borrow_mut();
        store.insert("countersign.session".to_owned(), hint.to_owned());
    }

    /// Everything in the store, in one string.
    pub fn stored(&self) -> String {
        format!("{:?}", self.shared.store.borrow())
    }
}
