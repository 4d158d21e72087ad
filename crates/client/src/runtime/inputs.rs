//! What comes to the machine from outside: people, siblings, and a little chance.

use super::{Granted, SessionRuntime};
use crate::message::Message;
use crate::response;
use crate::sign_out_reason::SignOutReason;
use protocol::Millis;
use protocol::client::{Event, Jitter, TokenLifetime};
use shared::auth::{LogoutScope, TokenResponse};
use std::rc::Rc;

impl SessionRuntime {
    /// A sign-in was answered, or what counts as one.
    pub(crate) fn signed_in(&self, signed_in: TokenResponse) {
        let event = Event::SignedIn {
            lifetime: self.token_lifetime(response::ttl(&signed_in)),
            known: self.storage.hint().epoch(),
        };
        self.dispatch_granted(event, signed_in.into());
    }

    /// The person leaves, for this browser or for all of theirs.
    pub(crate) fn sign_out(&self, scope: LogoutScope) {
        self.logout_scope.set(scope);
        self.dispatch(Event::SignOut {
            reason: SignOutReason::SignedOut,
            known: self.storage.hint().epoch(),
        });
    }

    /// The page came back, and may have missed what its siblings told.
    pub(crate) fn on_page_resumed(&self) {
        self.dispatch(Event::PageResumed {
            hint: self.storage.hint(),
            reason: self.storage.sign_out_reason(),
        });
    }

    pub(crate) fn on_sibling_message(&self, message: &str) {
        match Message::decode(message) {
            Some(Message::Token {
                epoch,
                sign_in,
                access_token,
                expires_in,
                user,
            }) => {
                let event = Event::SiblingToken {
                    epoch,
                    lifetime: self.token_lifetime(Millis(expires_in)),
                    source: Message::token_source(sign_in),
                };
                let user = Rc::new(user);
                self.dispatch_granted(event, Granted { access_token, user });
            }
            Some(Message::TokenRequest { epoch, of }) if of == self.tab_id() => {
                self.dispatch(Event::SiblingTokenRequest { epoch });
            }
            Some(Message::SignedOut { epoch, reason }) => {
                let reason = reason.as_seen_from_sibling();
                self.dispatch(Event::SiblingSignedOut { epoch, reason });
            }
            Some(Message::Ping) => self.reply_to_ping(),
            Some(Message::Pong(sibling)) => self.add_sibling(sibling),
            Some(Message::TokenRequest { .. }) | None => {}
        }
    }

    pub(crate) fn jitter(&self) -> Jitter {
        let [low, high, ..] = self.platform.rng.next_u64().to_le_bytes();
        Jitter::from_le_bytes([low, high])
    }

    pub(crate) fn token_lifetime(&self, ttl: Millis) -> TokenLifetime {
        let jitter = self.jitter();
        TokenLifetime { ttl, jitter }
    }
}
