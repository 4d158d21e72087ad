//! The two exchanges that the machine itself starts: the refresh and the sign-out.

use super::Driver;
use crate::answer;
use crate::auth;
use crate::ending::Ending;
use crate::error::Error;
use crate::ports::NetworkError;
use crate::wire::{Request, Response};
use futures::future::{Either, select};
use protocol::Millis;
use protocol::client::{Answer, Effort, Epoch, Event, State};
use shared::endpoint;
use shared::sign_in::{Logout, Refresh, SignedIn};
use std::rc::Rc;

/// How long an answer may take. Long, because giving a refresh up may lose the only copy of the
/// next token; the attempt key makes its retry safe even then.
const PATIENCE: Millis = Millis::from_secs(30);

impl Driver {
    pub(super) async fn refresh(self: Rc<Self>, epoch: Epoch) {
        let _turn = self.turn.lock().await;
        if !self.refresh_is_due(epoch) {
            return;
        }
        let attempt = self.notes.attempt(&self.ports, self.tab());
        let key = attempt.key.clone();
        self.attempt.replace(Some(attempt));
        self.becomes_spender();
        let request = auth::request(&endpoint::REFRESH, &Refresh {});
        let outcome = self.send(request.header("Refresh-Attempt", key)).await;
        let outcome = outcome.and_then(|response| answer::body::<SignedIn>(&response));
        let event = Event::Refreshed {
            epoch,
            answer: answer::of_refresh(&outcome),
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
    fn note_failure(&self, event: &Event<Ending>, error: Error) {
        let rejected = matches!(
            event,
            Event::Refreshed {
                answer: Answer::Rejected { .. },
                ..
            }
        );
        if rejected {
            self.rejection.replace(Some(error.clone()));
        }
        self.failure.replace(error);
    }

    /// Whether nothing made it needless while it waited for its turn: a sign-in, a sign-out, or
    /// the token of a sibling.
    fn refresh_is_due(&self, epoch: Epoch) -> bool {
        let machine = self.machine.get();
        let in_flight = matches!(
            machine.state,
            State::Live {
                effort: Effort::InFlight { .. },
                ..
            }
        );
        machine.epoch == epoch && in_flight
    }

    pub(super) async fn leave(self: Rc<Self>, epoch: Epoch) {
        let _turn = self.turn.lock().await;
        let hint = self.notes.hint();
        if hint.epoch() > epoch {
            // Somebody signed in elsewhere meanwhile: the cookie is theirs now.
            self.wake();
        }
        if !self.leaving_is_due(epoch) {
            return;
        }
        let scope = Some(self.scope.get());
        let request = auth::request(&endpoint::LOGOUT, &Logout { scope });
        let outcome = self.send(request).await;
        self.dispatch(Event::LeftAnswered {
            epoch,
            answer: answer::of_leaving(&outcome),
            jitter: self.jitter(),
        });
    }

    fn leaving_is_due(&self, epoch: Epoch) -> bool {
        let machine = self.machine.get();
        let leaving = matches!(
            machine.state,
            State::SignedOut {
                leaving: Some(_),
                ..
            }
        );
        machine.epoch == epoch && leaving
    }

    /// Sends and waits, but not for ever.
    pub(crate) async fn send(&self, request: Request) -> Result<Response, Error> {
        let sent = self.ports.transport.send(request);
        let late = self.ports.clock.sleep(PATIENCE);
        let sent = match select(sent, late).await {
            Either::Left((sent, _)) => sent,
            Either::Right(((), _)) => Err(NetworkError),
        };
        answer::judge(sent)
    }
}
