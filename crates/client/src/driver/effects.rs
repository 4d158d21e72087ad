//! Carries out what the machine decided, in the order that it says.

use super::{Driver, Granted};
use crate::ending::Ending;
use crate::message::Message;
use protocol::Millis;
use protocol::client::{Effects, Epoch, Event, Grantor, Release, State, Telling};
use std::rc::Rc;

/// How long a page that was just loaded listens before it looks.
const MOMENT: Millis = Millis(10);

impl Driver {
    pub(super) fn carry_out(&self, effects: Effects<Ending>, granted: Option<Granted>) {
        if effects.keep_token {
            self.granted.replace(granted);
        }
        if effects.drop_token {
            self.granted.replace(None);
        }
        if let Some(hint) = effects.hint {
            self.notes.write_hint(hint, self.scope.get(), self.ending());
        }
        if effects.forget_attempt {
            let sent = self.attempt.take();
            self.notes.forget_attempt(sent.as_ref());
        }
        if let Some(message) = effects.tell.and_then(|telling| self.message(telling)) {
            self.ports.siblings.tell(&message.encode());
        }
        if let Some(epoch) = effects.look {
            self.look(epoch);
        }
        if let Some(epoch) = effects.refresh {
            self.with_me(|me| me.spawn(me.clone().refresh(epoch)));
        }
        if let Some(epoch) = effects.leave {
            self.with_me(|me| me.spawn(me.clone().leave(epoch)));
        }
        if let Some(release) = effects.release {
            self.release(release);
        }
        if let Some(at) = effects.wake_at {
            self.set_alarm(at);
        }
    }

    fn ending(&self) -> Option<Ending> {
        match self.machine.get().state {
            State::SignedOut { reason, .. } => reason,
            State::Live { .. } => None,
        }
    }

    fn message(&self, telling: Telling<Ending>) -> Option<Message> {
        match telling {
            Telling::Asked(epoch) => {
                let of = self.spender()?;
                Some(Message::Asked { epoch, of })
            }
            Telling::Granted(epoch, by) => {
                let State::Live {
                    grant: Some(grant), ..
                } = self.machine.get().state
                else {
                    return None;
                };
                let granted = self.granted.borrow().clone()?;
                self.becomes_spender();
                Some(Message::Granted {
                    epoch,
                    sign_in: by == Grantor::SignIn,
                    access_token: granted.access_token,
                    expires_in: (grant.expires_at - self.now()).0,
                    user: (*granted.user).clone(),
                })
            }
            Telling::Left(epoch, reason) => Some(Message::Left { epoch, reason }),
        }
    }

    /// Looks which sibling set out lately, once it had a moment to hear what they wrote: storage
    /// is shared by messages too.
    fn look(&self, epoch: Epoch) {
        let moment = self.ports.clock.sleep(MOMENT);
        let me = self.me.clone();
        self.spawn(async move {
            moment.await;
            if let Some(me) = me.upgrade() {
                let sibling = me.spender().is_some();
                me.dispatch(Event::Looked { epoch, sibling });
            }
        });
    }

    fn spender(&self) -> Option<u16> {
        self.notes.spender(self.tab(), self.ports.clock.wall())
    }

    /// From now on, tabs that are loaded ask this one.
    pub(super) fn becomes_spender(&self) {
        self.notes
            .write_spender(self.tab(), self.ports.clock.wall());
    }

    fn release(&self, release: Release) {
        for call in self.parked.take() {
            // Nobody listens any more where the page that asked is gone.
            let _ = call.send(release);
        }
    }

    fn set_alarm(&self, at: Millis) {
        let alarm = self.alarm.get() + 1;
        self.alarm.set(alarm);
        let sleep = self.ports.clock.sleep(at - self.now());
        let me = self.me.clone();
        self.spawn(async move {
            sleep.await;
            if let Some(me) = me.upgrade().filter(|me| me.alarm.get() == alarm) {
                me.dispatch(Event::Tick);
            }
        });
    }

    pub(super) fn spawn(&self, work: impl Future<Output = ()> + 'static) {
        self.ports.spawn.spawn(Box::pin(work));
    }

    fn with_me(&self, act: impl FnOnce(&Rc<Self>)) {
        if let Some(me) = self.me.upgrade() {
            act(&me);
        }
    }
}
