//! The calls of a signed-in person.

mod admin;
mod guarded;
mod me;

pub use admin::{EventSearch, UserSearch};

use crate::answer;
use crate::driver::Driver;
use crate::ending::Ending;
use crate::error::Error;
use crate::wire::{Request, Response};
use guarded::Guarded;
use protocol::client::Event;
use serde::de::DeserializeOwned;
use shared::code::Disposition;
use std::rc::Rc;

/// Calls that carry the access token.
#[derive(Clone)]
pub struct ApiClient(Rc<Driver>);

/// Whether an answer may replace the refresh cookie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cookie {
    Kept,
    Replaced,
}

impl ApiClient {
    pub(crate) fn new(driver: Rc<Driver>) -> Self {
        Self(driver)
    }

    async fn read<T: DeserializeOwned>(&self, call: Guarded) -> Result<T, Error> {
        let response = self.exchange(call.request(), Cookie::Kept).await?;
        answer::body(&response)
    }

    async fn run(&self, call: Guarded) -> Result<(), Error> {
        let response = self.exchange(call.request(), Cookie::Kept).await;
        response.map(drop)
    }

    /// Sends with a good token; once more with a better one, where the API refused the first
    /// before it did anything. Nothing else is ever sent twice.
    ///
    /// While the caller's place is kept, it waits for them to sign in again.
    async fn exchange(&self, request: Request, cookie: Cookie) -> Result<Response, Error> {
        let caller = self.0.user();
        let mut replayed = false;
        loop {
            let pass = match self.0.pass(caller.as_deref()).await {
                Err(Error::SignedOut) if self.0.awaits(caller.as_deref()) => {
                    self.0.return_of_the_awaited().await;
                    continue;
                }
                passed => passed?,
            };
            let _turn = match cookie {
                Cookie::Kept => None,
                Cookie::Replaced => Some(self.0.turn().lock().await),
            };
            // While it waited for its turn, the session may have moved on.
            if !self.0.is_newest(&pass) {
                continue;
            }
            let bearer = request.clone().header("Authorization", pass.bearer);
            let error = match self.0.send(bearer).await {
                Ok(_) if !self.0.is_still(caller.as_deref()) => return Err(Error::SignedOut),
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            self.report(&error, pass.serial, replayed);
            // Refused before it did anything, it goes on when the person is back.
            if says_over(&error) && self.0.awaits(caller.as_deref()) {
                replayed = false;
                continue;
            }
            if replayed || !says_refresh(&error) {
                return Err(error);
            }
            replayed = true;
        }
    }

    /// Tells the machine what an error says of the session. A second refusal says nothing new: it
    /// must not make a second refresh.
    fn report(&self, error: &Error, serial: u32, replayed: bool) {
        let Error::Problem { problem, .. } = error else {
            return;
        };
        if let Some(reason) = Ending::of(problem) {
            self.0.dispatch(Event::CallEnded { serial, reason });
        } else if says_refresh(error) && !replayed {
            self.0.dispatch(Event::CallRefused { serial });
        }
    }
}

fn says_over(error: &Error) -> bool {
    matches!(error, Error::Problem { problem, .. } if Ending::of(problem).is_some())
}

fn says_refresh(error: &Error) -> bool {
    error.disposition() == Disposition::Refresh
}
