//! The calls of a signed-in person.

mod admin;
mod authorized;
mod me;

pub use admin::{EventSearch, UserSearch};

use crate::error::Error;
use crate::response;
use crate::runtime::SessionRuntime;
use crate::sign_out_reason::SignOutReason;
use crate::wire::{Request, Response};
use authorized::AuthorizedRequest;
use protocol::client::Event;
use serde::de::DeserializeOwned;
use shared::error_code::RecoveryAction;
use std::rc::Rc;

/// Calls that carry the access token.
#[derive(Clone)]
pub struct ApiClient(Rc<SessionRuntime>);

/// Whether an answer may replace the refresh cookie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SetsCookie {
    No,
    Yes,
}

impl ApiClient {
    pub(crate) fn new(driver: Rc<SessionRuntime>) -> Self {
        Self(driver)
    }

    async fn fetch<T: DeserializeOwned>(&self, call: AuthorizedRequest) -> Result<T, Error> {
        let response = self.send_authorized(call.request(), SetsCookie::No).await?;
        response::decode_body(&response)
    }

    async fn execute(&self, call: AuthorizedRequest) -> Result<(), Error> {
        let response = self.send_authorized(call.request(), SetsCookie::No).await;
        response.map(drop)
    }

    /// Sends with a good token; once more with a better one, where the API refused the first
    /// before it did anything. Nothing else is ever sent twice.
    ///
    /// While the caller's place is kept, it waits for them to sign in again.
    async fn send_authorized(
        &self,
        request: Request,
        cookie: SetsCookie,
    ) -> Result<Response, Error> {
        let caller = self.0.user();
        let mut replayed = false;
        loop {
            let pass = match self.0.acquire_token(caller.as_deref()).await {
                Err(Error::SignedOut) if self.0.is_awaiting(caller.as_deref()) => {
                    self.0.wait_for_reauth().await;
                    continue;
                }
                passed => passed?,
            };
            let _turn = match cookie {
                SetsCookie::No => None,
                SetsCookie::Yes => Some(self.0.cookie_lock().lock().await),
            };
            // While it waited for its turn, the session may have moved on.
            if !self.0.is_current(&pass) {
                continue;
            }
            let bearer = request.clone().header("Authorization", pass.bearer);
            let error = match self.0.send(bearer).await {
                Ok(_) if !self.0.may_deliver_to(caller.as_deref()) => return Err(Error::SignedOut),
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            self.notify_machine(&error, pass.serial, replayed);
            // Refused before it did anything, it goes on when the person is back.
            if is_session_ended(&error) && self.0.is_awaiting(caller.as_deref()) {
                replayed = false;
                continue;
            }
            if replayed || !needs_refresh(&error) {
                return Err(error);
            }
            replayed = true;
        }
    }

    /// Tells the machine what an error says of the session. A second refusal says nothing new: it
    /// must not make a second refresh.
    fn notify_machine(&self, error: &Error, serial: u32, replayed: bool) {
        let Error::Problem { problem, .. } = error else {
            return;
        };
        if let Some(reason) = SignOutReason::from_problem(problem) {
            self.0.dispatch(Event::CallSessionEnded { serial, reason });
        } else if needs_refresh(error) && !replayed {
            self.0.dispatch(Event::CallUnauthorized { serial });
        }
    }
}

fn is_session_ended(error: &Error) -> bool {
    matches!(error, Error::Problem { problem, .. } if SignOutReason::from_problem(problem).is_some())
}

fn needs_refresh(error: &Error) -> bool {
    error.recovery_action() == RecoveryAction::Refresh
}
