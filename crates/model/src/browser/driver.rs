//! Runs the machine of a tab as `crates/client` does: one event, then its effects in their order.

use super::{Message, Tab, Want, mutated};
use crate::config::Config;
use crate::invariant::Invariant;
use crate::mutant::Mutant;
use crate::time::millis;
use crate::token::{Access, Reason};
use crate::world::World;
use protocol::Millis;
use protocol::client::{Effects, Event, Gate, Hint, Life, State, Telling, step};

impl World {
    /// The page of that tab, if it is open.
    pub fn tab(&mut self, tab: u8) -> Option<&mut Tab> {
        self.browser.tabs[usize::from(tab)].as_mut()
    }

    /// Lets the machine of a tab know, and does what it says.
    pub(crate) fn dispatch(
        &mut self,
        config: &Config,
        tab: u8,
        event: Event<Reason>,
        granted: Option<Access>,
    ) {
        let now = millis(self.now);
        let Some(page) = self.tab(tab) else { return };
        let was_live = page.is_live();
        let late = matches!(event, Event::Refreshed { epoch, .. } if epoch != page.machine.epoch);
        let event = mutated::event(config.mutant, page, event);
        let machine = mutated::machine(config.mutant, page, &event);
        let (machine, effects) = step(machine, event, now);
        page.machine = machine;
        let effects = mutated::effects(config.mutant, &event, effects);
        let is_live = page.is_live();
        let restores = !was_live && is_live && matches!(event, Event::Refreshed { .. });
        if restores || (late && effects.keep_token) {
            self.broken.add(Invariant::LateAnswerRestoresNothing);
        }
        self.carry_out(config, tab, effects, granted);
        self.take_turns(config, tab);
    }

    fn carry_out(
        &mut self,
        config: &Config,
        tab: u8,
        effects: Effects<Reason>,
        granted: Option<Access>,
    ) {
        let Some(page) = self.tab(tab) else { return };
        if effects.keep_token {
            page.access = granted;
        }
        if effects.drop_token {
            page.access = None;
        }
        if let Some(hint) = effects.hint {
            self.write_hint(config, hint);
        }
        if effects.forget_attempt {
            self.forget_attempt(tab);
        }
        if let Some(telling) = effects.tell {
            self.tell(tab, telling);
        }
        let wants = [
            effects.refresh.map(Want::Refresh),
            effects.leave.map(Want::Leave),
        ];
        let Some(page) = self.tab(tab) else { return };
        page.queue.extend(wants.into_iter().flatten());
        if let Some(at) = effects.wake_at {
            page.alarm = Some(at);
        }
        if effects.release.is_some() {
            self.release(config, tab);
        }
    }

    /// Writes the hint, unless another tab has moved on to a newer epoch.
    fn write_hint(&mut self, config: &Config, hint: Hint) {
        let blind = config.mutant == Some(Mutant::HintGoesBack);
        if blind || self.browser.hint.epoch() <= hint.epoch() {
            self.browser.hint = hint;
        }
    }

    /// Forgets the key, unless it is another one by now.
    fn forget_attempt(&mut self, tab: u8) {
        let used = self.tab(tab).and_then(|page| page.key.take());
        if used.is_none() || self.browser.key == used {
            self.browser.key = None;
        }
    }

    fn tell(&mut self, from: u8, telling: Telling<Reason>) {
        let now = millis(self.now);
        let granted = match telling {
            Telling::Granted(..) => self.tab(from).and_then(|page| page.token_to_share(now)),
            Telling::Left(..) => None,
        };
        let message = Message { telling, granted };
        for (tab, page) in self.browser.tabs.iter_mut().enumerate() {
            if let Some(page) = page.as_mut().filter(|_| tab != usize::from(from)) {
                page.inbox.push(message);
            }
        }
    }

    /// A message arrives.
    pub(crate) fn hear(&mut self, config: &Config, tab: u8) {
        let Some(page) = self.tab(tab) else { return };
        let Message { telling, granted } = page.inbox.remove(0);
        match (telling, granted) {
            (Telling::Granted(epoch, by), Some((access, ttl))) => {
                let life = Life { ttl, jitter: 0 };
                let event = Event::SiblingGranted { epoch, life, by };
                self.dispatch(config, tab, event, Some(access));
            }
            (Telling::Granted(..), None) => {}
            (Telling::Left(epoch, reason), _) => {
                self.dispatch(config, tab, Event::SiblingLeft { epoch, reason }, None);
            }
        }
    }

    /// Calls that wait pass the gate again.
    fn release(&mut self, config: &Config, tab: u8) {
        let now = millis(self.now);
        let Some(page) = self.tab(tab) else { return };
        if !page.parked {
            return;
        }
        page.parked = page.machine.gate(now) == Gate::Park;
        if page.parked {
            self.dispatch(config, tab, Event::Wanted, None);
        }
    }
}

impl Tab {
    fn token_to_share(&self, now: Millis) -> Option<(Access, Millis)> {
        let State::Live {
            grant: Some(grant), ..
        } = self.machine.state
        else {
            return None;
        };
        Some((self.access?, grant.expires_at - now))
    }
}
