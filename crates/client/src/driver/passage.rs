//! What comes to the machine from outside: people, siblings, and a little chance.

use super::{Driver, Granted};
use crate::answer;
use crate::ending::Ending;
use crate::message::Message;
use protocol::Millis;
use protocol::client::{Event, Jitter, Life};
use shared::sign_in::{LogoutScope, SignedIn};
use std::rc::Rc;

impl Driver {
    /// A sign-in was answered, or what counts as one.
    pub(crate) fn signed_in(&self, signed_in: SignedIn) {
        let event = Event::SignedIn {
            life: self.life(answer::ttl(&signed_in)),
            known: self.notes.hint().epoch(),
        };
        self.dispatch_granted(event, signed_in.into());
    }

    /// The person leaves, for this browser or for all of theirs.
    pub(crate) fn sign_out(&self, scope: LogoutScope) {
        self.scope.set(scope);
        self.dispatch(Event::SignOut {
            reason: Ending::SignedOut,
            known: self.notes.hint().epoch(),
        });
    }

    /// The page came back, and may have missed what its siblings told.
    pub(crate) fn wake(&self) {
        self.dispatch(Event::Wake {
            hint: self.notes.hint(),
            reason: self.notes.ending(),
        });
    }

    pub(crate) fn heard(&self, message: &str) {
        match Message::decode(message) {
            Some(Message::Granted {
                epoch,
                sign_in,
                access_token,
                expires_in,
                user,
            }) => {
                let event = Event::SiblingGranted {
                    epoch,
                    life: self.life(Millis(expires_in)),
                    by: Message::grantor(sign_in),
                };
                let user = Rc::new(user);
                self.dispatch_granted(event, Granted { access_token, user });
            }
            Some(Message::Asked { epoch, of }) if of == self.tab() => {
                self.dispatch(Event::SiblingAsked { epoch });
            }
            Some(Message::Left { epoch, reason }) => {
                let reason = reason.as_told_by_a_sibling();
                self.dispatch(Event::SiblingLeft { epoch, reason });
            }
            Some(Message::RollCall) => self.answer_roll_call(),
            Some(Message::Here(sibling)) => self.meet(sibling),
            Some(Message::Asked { .. }) | None => {}
        }
    }

    pub(crate) fn jitter(&self) -> Jitter {
        let [low, high, ..] = self.ports.randomness.next().to_le_bytes();
        Jitter::from_le_bytes([low, high])
    }

    pub(crate) fn life(&self, ttl: Millis) -> Life {
        let jitter = self.jitter();
        Life { ttl, jitter }
    }
}
