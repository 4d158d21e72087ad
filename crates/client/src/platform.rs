//! What the client needs of its surroundings.

use crate::wire::{Request, Response};
use protocol::Millis;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// A boxed future that stays on its thread, as everything in a browser does.
pub type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// No answer came: offline, refused, aborted, or out of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkError;

/// Sends requests to our own origin, with its cookies.
pub trait Transport {
    /// Sends; whoever drops the future gives the request up, and its answer must then have no
    /// effect any more, neither here nor on the cookies.
    fn send(&self, request: Request) -> LocalFuture<Result<Response, NetworkError>>;
}

/// A small store that all tabs of this browser share and that outlives them. Holds no secret.
///
/// A store that is missing or full forgets: a reload then asks for the password.
pub trait Storage {
    /// What was kept under that key.
    fn read(&self, key: &str) -> Option<String>;
    /// Keeps the value in place of what was there.
    fn write(&self, key: &str, value: &str);
    /// Forgets it.
    fn remove(&self, key: &str);
}

/// The other tabs of this browser. What they tell comes back by [`crate::Client::on_sibling_message`].
pub trait TabChannel {
    /// Tells all others. The message holds an access token: it must not leave the origin's memory.
    fn broadcast(&self, message: &str);
}

/// A monotonic clock.
pub trait Clock {
    /// Now, counted from wherever.
    fn now(&self) -> Millis;
    /// Now by the wall clock, which all tabs share, and which may be wrong or jump.
    fn wall_clock(&self) -> Millis;
    /// Completes when that time has passed.
    fn sleep(&self, duration: Millis) -> LocalFuture<()>;
}

/// Random numbers, good enough for ids that nobody may guess.
pub trait Rng {
    /// The next one.
    fn next_u64(&self) -> u64;
}

/// Runs work that nobody waits for.
pub trait Spawn {
    /// Starts it later: never before this returns.
    fn spawn(&self, work: LocalFuture<()>);
}

/// The surroundings, together.
#[derive(Clone)]
#[expect(missing_docs, reason = "each is what its trait says")]
pub struct Platform {
    pub transport: Rc<dyn Transport>,
    pub storage: Rc<dyn Storage>,
    pub tab_channel: Rc<dyn TabChannel>,
    pub clock: Rc<dyn Clock>,
    pub rng: Rc<dyn Rng>,
    pub spawn: Rc<dyn Spawn>,
}
