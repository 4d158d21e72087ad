//! The typed client of the API, with the session kept alive underneath.
//!
//! A [`Client`] runs the machine of [`protocol::client`] over a handful of traits ([`Ports`]), so
//! the same code runs in a browser and in a test. It hands out two clients, so that a call of the
//! sign-in endpoints can never be caught by the machinery that it feeds:
//!
//! - [`AuthClient`]: register, sign in, sign out. Never intercepted.
//! - [`ApiClient`]: everything else. Each call carries the access token, waits for the one shared
//!   refresh where the token is over, and is repeated at most once, only where the API refused it
//!   before processing with a code that says so.
//!
//! The access token never leaves this crate but in the `Authorization` header and in the message
//! to sibling tabs of the same origin.

mod answer;
mod api;
mod auth;
mod claims;
mod driver;
mod ending;
mod error;
mod message;
mod notes;
mod ports;
pub mod query;
mod snapshot;
mod wire;

pub use api::{ApiClient, EventSearch, UserSearch};
pub use auth::AuthClient;
pub use driver::{Inspection, Note, Noted, Place, Sibling, Waiting};
pub use ending::Ending;
pub use error::Error;
pub use ports::{
    Clock, LocalFuture, NetworkError, Ports, Randomness, Siblings, Spawn, Storage, Transport,
};
pub use protocol::Millis;
pub use protocol::client::Phase;
pub use snapshot::{Snapshot, Subscription};
pub use wire::{Request, Response};

use driver::Driver;
use protocol::client::Event;
use std::rc::Rc;

/// One tab's client. Clones share the session.
#[derive(Clone)]
pub struct Client(Rc<Driver>);

impl Client {
    /// A client that looks at the stored hint, and restores the session where one may exist.
    /// Where none may, it makes no call.
    pub fn start(ports: Ports) -> Self {
        let driver = Driver::new(ports);
        let hint = driver.notes().hint();
        driver.dispatch(Event::Start(hint));
        Self(driver)
    }

    /// The calls of a signed-in person.
    pub fn api(&self) -> ApiClient {
        ApiClient::new(self.0.clone())
    }

    /// The ways in and out.
    pub fn auth(&self) -> AuthClient {
        AuthClient::new(self.0.clone())
    }

    /// What the interface may know now.
    pub fn snapshot(&self) -> Snapshot {
        self.0.snapshot()
    }

    /// Calls back after every change of the snapshot, until the subscription is dropped. The
    /// callback may call anything here.
    pub fn observe(&self, callback: impl Fn(Snapshot) + 'static) -> Subscription {
        self.0.observers().add(Rc::new(callback))
    }

    /// Keeps the place of whoever is signed in: where their session runs out, their calls wait
    /// until they have signed in again, or until the last place is given up.
    pub fn keep_place(&self) -> Place {
        Place::keep(self.0.clone())
    }

    /// Something that was asked for waits until the server can be reached again.
    pub fn wait_for_server(&self) -> Waiting {
        Waiting::begin(self.0.clone())
    }

    /// Whoever was awaited is awaited no longer.
    pub fn give_place_up(&self) {
        self.0.give_place_up();
    }

    /// What a developer wants to see; no secret is in it.
    pub fn inspect(&self) -> Inspection {
        self.0.inspect()
    }

    /// Asks the sibling tabs to say where they stand; [`Inspection::siblings`] fills with it.
    pub fn call_roll(&self) {
        self.0.call_roll();
    }

    /// Trades the token for the next one, now.
    pub fn refresh_now(&self) {
        let serial = self.0.machine().serial;
        self.0.dispatch(Event::CallRefused { serial });
    }

    /// Counts the token as expired: the next call waits for a refresh.
    pub fn expire(&self) {
        self.0.expire();
    }

    /// The page was shown again, woke, or the network returned.
    pub fn wake(&self) {
        self.0.wake();
    }

    /// The page goes away, for good or into the back-forward cache: its siblings need not wait for
    /// what it has.
    pub fn hide(&self) {
        self.0.hide();
    }

    /// A sibling tab spoke: what its [`Siblings::tell`] was given.
    pub fn heard(&self, message: &str) {
        self.0.heard(message);
    }
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Client").field(&self.snapshot()).finish()
    }
}
