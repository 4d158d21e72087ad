//! Carries out what the machine decided, in the order that it says.

use super::{Granted, SessionRuntime};
use crate::message::Message;
use crate::sign_out_reason::SignOutReason;
use protocol::Millis;
use protocol::client::{Broadcast, Effects, Epoch, Event, Resume, State, TokenSource};
use std::rc::Rc;

/// How long a page that was just loaded listens before it looks.
const PROBE_DELAY: Millis = Millis(10);

impl SessionRuntime {
    pub(super) fn apply_effects(&self, effects: Effects<SignOutReason>, granted: Option<Granted>) {
        if effects.store_token {
            self.granted.replace(granted);
        }
        if effects.clear_token {
            self.granted.replace(None);
        }
        if let Some(hint) = effects.hint {
            self.storage
                .write_hint(hint, self.logout_scope.get(), self.sign_out_reason());
        }
        if effects.clear_attempt_key {
            let sent = self.attempt_key.take();
            self.storage.clear_attempt_key(sent.as_ref());
        }
        if let Some(message) = effects.broadcast.and_then(|telling| self.message(telling)) {
            self.platform.tab_channel.broadcast(&message.encode());
        }
        if let Some(epoch) = effects.probe_siblings {
            self.probe_siblings(epoch);
        }
        if let Some(epoch) = effects.start_refresh {
            self.with_self(|me| me.spawn(me.clone().refresh(epoch)));
        }
        if let Some(epoch) = effects.start_logout {
            self.with_self(|me| me.spawn(me.clone().logout(epoch)));
        }
        if let Some(release) = effects.resume_queued {
            self.resume_queued(release);
        }
        if let Some(at) = effects.set_timer {
            self.set_timer(at);
        }
    }

    fn sign_out_reason(&self) -> Option<SignOutReason> {
        match self.machine.get().state {
            State::SignedOut { reason, .. } => reason,
            State::Active { .. } => None,
        }
    }

    fn message(&self, telling: Broadcast<SignOutReason>) -> Option<Message> {
        match telling {
            Broadcast::TokenRequest(epoch) => {
                let of = self.refresh_leader()?;
                Some(Message::TokenRequest { epoch, of })
            }
            Broadcast::Token(epoch, by) => {
                let State::Active {
                    grant: Some(grant), ..
                } = self.machine.get().state
                else {
                    return None;
                };
                let granted = self.granted.borrow().clone()?;
                self.become_leader();
                Some(Message::Token {
                    epoch,
                    sign_in: by == TokenSource::SignIn,
                    access_token: granted.access_token,
                    expires_in: (grant.expires_at - self.now()).0,
                    user: (*granted.user).clone(),
                })
            }
            Broadcast::SignedOut(epoch, reason) => Some(Message::SignedOut { epoch, reason }),
        }
    }

    /// Looks which sibling set out lately, once it had a moment to hear what they wrote: storage
    /// is shared by messages too.
    fn probe_siblings(&self, epoch: Epoch) {
        let moment = self.platform.clock.sleep(PROBE_DELAY);
        let me = self.weak_self.clone();
        self.spawn(async move {
            moment.await;
            if let Some(me) = me.upgrade() {
                let sibling = me.refresh_leader().is_some();
                me.dispatch(Event::SiblingsProbed { epoch, sibling });
            }
        });
    }

    fn refresh_leader(&self) -> Option<u16> {
        self.storage
            .refresh_leader(self.tab_id(), self.platform.clock.wall_clock())
    }

    /// From now on, tabs that are loaded ask this one.
    pub(super) fn become_leader(&self) {
        self.storage
            .write_leader(self.tab_id(), self.platform.clock.wall_clock());
    }

    fn resume_queued(&self, release: Resume) {
        for call in self.queued_calls.take() {
            // Nobody listens any more where the page that asked is gone.
            let _ = call.send(release);
        }
    }

    fn set_timer(&self, at: Millis) {
        let alarm = self.timer_id.get() + 1;
        self.timer_id.set(alarm);
        let sleep = self.platform.clock.sleep(at - self.now());
        let me = self.weak_self.clone();
        self.spawn(async move {
            sleep.await;
            if let Some(me) = me.upgrade().filter(|me| me.timer_id.get() == alarm) {
                me.dispatch(Event::TimerFired);
            }
        });
    }

    pub(super) fn spawn(&self, work: impl Future<Output = ()> + 'static) {
        self.platform.spawn.spawn(Box::pin(work));
    }

    fn with_self(&self, act: impl FnOnce(&Rc<Self>)) {
        if let Some(me) = self.weak_self.upgrade() {
            act(&me);
        }
    }
}
