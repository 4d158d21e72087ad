//! The two exchanges that the machine itself starts: the refresh and the sign-out.

use super::SessionRuntime;
use crate::auth;
use crate::error::Error;
use crate::platform::NetworkError;
use crate::response;
use crate::sign_out_reason::SignOutReason;
use crate::wire::{Request, Response};
use futures::future::{Either, select};
use protocol::Millis;
use protocol::client::{Epoch, Event, RequestStatus, ServerResponse, State};
use shared::auth::{Logout, Refresh, TokenResponse};
use shared::endpoint;
use std::rc::Rc;

/// How long an answer may take. Long, because giving a refresh up may lose the only copy of the
/// next token; the attempt key makes its retry safe even then.
const REQUEST_TIMEOUT: Millis = Millis::from_secs(30);

impl SessionRuntime {
    pub(super) async fn refresh(self: Rc<Self>, epoch: Epoch) {
        let _turn = self.cookie_lock.lock().await;
        if !self.refresh_is_due(epoch) {
            return;
        }
        let attempt = self.storage.attempt_key(&self.platform, self.tab_id());
        let key = attempt.key.clone();
        self.attempt_key.replace(Some(attempt));
        self.become_leader();
        let request = auth::request(&endpoint::REFRESH, &Refresh {});
        let outcome = self.send(request.header("Refresh-Attempt", key)).await;
        let outcome =
            outcome.and_then(|response| response::decode_body::<TokenResponse>(&response));
        let event = Event::RefreshResponse {
            epoch,
            response: response::refresh_outcome(&outcome),
            jitter: self.jitter(),
        };
        match outcome {
            Ok(signed_in) => self.dispatch_granted(event, signed_in.into()),
            Err(error) => {
                self.note_failure(&event, error);
                self.dispatch(event);
            }
        }
    }

    /// Calls that fail with the refresh, and the interface, tell what it came to.
    fn note_failure(&self, event: &Event<SignOutReason>, error: Error) {
        let rejected = matches!(
            event,
            Event::RefreshResponse {
                response: ServerResponse::Rejected { .. },
                ..
            }
        );
        if rejected {
            self.last_rejection.replace(Some(error.clone()));
        }
        self.last_error.replace(error);
    }

    /// Whether nothing made it needless while it waited for its turn: a sign-in, a sign-out, or
    /// the token of a sibling.
    fn refresh_is_due(&self, epoch: Epoch) -> bool {
        let machine = self.machine.get();
        let in_flight = matches!(
            machine.state,
            State::Active {
                request: RequestStatus::InFlight { .. },
                ..
            }
        );
        machine.epoch == epoch && in_flight
    }

    pub(super) async fn logout(self: Rc<Self>, epoch: Epoch) {
        let _turn = self.cookie_lock.lock().await;
        let hint = self.storage.hint();
        if hint.epoch() > epoch {
            // Somebody signed in elsewhere meanwhile: the cookie is theirs now.
            self.on_page_resumed();
        }
        if !self.leaving_is_due(epoch) {
            return;
        }
        let scope = Some(self.logout_scope.get());
        let request = auth::request(&endpoint::LOGOUT, &Logout { scope });
        let outcome = self.send(request).await;
        self.dispatch(Event::LogoutResponse {
            epoch,
            response: response::logout_outcome(&outcome),
            jitter: self.jitter(),
        });
    }

    fn leaving_is_due(&self, epoch: Epoch) -> bool {
        let machine = self.machine.get();
        let pending_logout = matches!(
            machine.state,
            State::SignedOut {
                pending_logout: Some(_),
                ..
            }
        );
        machine.epoch == epoch && pending_logout
    }

    /// Sends and waits, but not for ever.
    pub(crate) async fn send(&self, request: Request) -> Result<Response, Error> {
        let sent = self.platform.transport.send(request);
        let late = self.platform.clock.sleep(REQUEST_TIMEOUT);
        let sent = match select(sent, late).await {
            Either::Left((sent, _)) => sent,
            Either::Right(((), _)) => Err(NetworkError),
        };
        response::into_result(sent)
    }
}
