//! The typed client of the API, with the session kept alive underneath.
//!
//! A [`Client`] runs the machine of [`protocol::client`] over a handful of traits ([`Platform`]), so
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

mod api;
mod auth;
mod claims;
mod error;
mod message;
mod platform;
pub mod query;
mod response;
mod runtime;
mod shared_storage;
mod sign_out_reason;
mod snapshot;
mod wire;

pub use api::{ApiClient, EventSearch, UserSearch};
pub use auth::AuthClient;
pub use error::Error;
pub use platform::{
    Clock, LocalFuture, NetworkError, Platform, Rng, Spawn, Storage, TabChannel, Transport,
};
pub use protocol::Millis;
pub use protocol::client::Phase;
pub use runtime::{DebugSnapshot, LogEntry, LogEvent, PageHold, ServerWait, Sibling};
pub use sign_out_reason::SignOutReason;
pub use snapshot::{Snapshot, Subscription};
pub use wire::{Request, Response};

use protocol::client::Event;
use runtime::SessionRuntime;
use std::rc::Rc;

/// One tab's client. Clones share the session.
#[derive(Clone)]
pub struct Client(Rc<SessionRuntime>);

impl Client {
    /// A client that looks at the stored hint, and restores the session where one may exist.
    /// Where none may, it makes no call.
    pub fn start(ports: Platform) -> Self {
        let driver = SessionRuntime::new(ports);
        let hint = driver.storage().hint();
        driver.dispatch(Event::PageLoaded(hint));
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
    pub fn hold_page(&self) -> PageHold {
        PageHold::new(self.0.clone())
    }

    /// Something that was asked for waits until the server can be reached again.
    pub fn wait_for_server(&self) -> ServerWait {
        ServerWait::new(self.0.clone())
    }

    /// Whoever was awaited is awaited no longer.
    pub fn abandon_reauth(&self) {
        self.0.abandon_reauth();
    }

    /// What a developer wants to see; no secret is in it.
    pub fn debug_snapshot(&self) -> DebugSnapshot {
        self.0.debug_snapshot()
    }

    /// Asks the sibling tabs to say where they stand; [`DebugSnapshot::siblings`] fills with it.
    pub fn ping_siblings(&self) {
        self.0.ping_siblings();
    }

    /// Trades the token for the next one, now.
    pub fn refresh_now(&self) {
        let serial = self.0.machine().serial;
        self.0.dispatch(Event::CallUnauthorized { serial });
    }

    /// Counts the token as expired: the next call waits for a refresh.
    pub fn expire_token(&self) {
        self.0.expire_token();
    }

    /// The page was shown again, woke, or the network returned.
    pub fn on_page_resumed(&self) {
        self.0.on_page_resumed();
    }

    /// The page goes away, for good or into the back-forward cache: its siblings need not wait for
    /// what it has.
    pub fn on_page_hidden(&self) {
        self.0.on_page_hidden();
    }

    /// A sibling tab spoke: what its [`TabChannel::broadcast`] was given.
    pub fn on_sibling_message(&self, message: &str) {
        self.0.on_sibling_message(message);
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
