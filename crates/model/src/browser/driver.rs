//! Runs the machine of a tab as `crates/client` does: one event, then its effects in their order.

use super::mutations;

use super::{Message, Tab, Want};
use crate::config::Config;
use crate::invariant::Invariant;
use crate::mutant::Mutant;
use crate::time::millis;
use crate::token::{Access, Reason};
use crate::world::World;
use protocol::Millis;
use protocol::client::{Broadcast, Effects, Event, Gate, Hint, State, TokenLifetime, step};

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
        self.dispatch_at(config, tab, event, granted, millis(self.now));
    }

    /// The same, at a time between two ticks.
    pub(crate) fn dispatch_at(
        &mut self,
        config: &Config,
        tab: u8,
        event: Event<Reason>,
        granted: Option<Access>,
        now: Millis,
    ) {
        let Some(page) = self.tab(tab) else { return };
        let was_live = page.is_live();
        let late =
            matches!(event, Event::RefreshResponse { epoch, .. } if epoch != page.machine.epoch);
        let event = mutations::event(config.mutant, page, event);
        let machine = mutations::machine(config.mutant, page, &event);
        let (machine, effects) = step(machine, event, now);
        page.machine = machine;
        let effects = mutations::effects(config.mutant, &event, effects);
        let is_live = page.is_live();
        let restores = !was_live && is_live && matches!(event, Event::RefreshResponse { .. });
        if restores || (late && effects.store_token) {
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
        if effects.store_token {
            page.access = granted;
        }
        if effects.clear_token {
            page.access = None;
        }
        if let Some(hint) = effects.hint {
            self.write_hint(config, hint);
        }
        if effects.clear_attempt_key {
            self.forget_attempt(tab);
        }
        if let Some(telling) = effects.broadcast {
            self.tell(config, tab, telling);
        }
        let wants = [
            effects.start_refresh.map(Want::Refresh),
            effects.start_logout.map(Want::Leave),
        ];
        let Some(page) = self.tab(tab) else { return };
        page.queue.extend(wants.into_iter().flatten());
        if let Some(at) = effects.set_timer {
            page.alarm = Some(at);
        }
        if effects.resume_queued.is_some() {
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

    /// Forgets the key, unless another page made one or sent this one later.
    fn forget_attempt(&mut self, tab: u8) {
        let used = self.tab(tab).and_then(|page| page.key.take());
        let own = self.browser.key == used && self.browser.key_by == Some(tab);
        if used.is_none() || own {
            self.browser.key = None;
            self.browser.key_by = None;
        }
    }

    fn tell(&mut self, config: &Config, from: u8, telling: Broadcast<Reason>) {
        let now = millis(self.now);
        let mut granted = None;
        let mut asked = None;
        match telling {
            Broadcast::Token(..) => {
                granted = self.tab(from).and_then(|page| page.token_to_share(now));
                self.becomes_spender(config, from);
            }
            Broadcast::TokenRequest(_) => match self.spender_for(config, from) {
                Some(spender) => asked = Some(spender),
                None => return,
            },
            Broadcast::SignedOut(..) => {}
        }
        let message = Message { telling, granted };
        let hears = |tab: u8| tab != from && asked.is_none_or(|asked| asked == tab);
        for (tab, page) in (0..).zip(self.browser.tabs.iter_mut()) {
            if let Some(page) = page.as_mut().filter(|_| hears(tab)) {
                page.inbox.push(message);
            }
        }
    }

    /// From now on, tabs that are loaded ask this one.
    pub(super) fn becomes_spender(&mut self, config: &Config, tab: u8) {
        if config.tabs > 1 {
            self.browser.spender = Some((tab, self.now));
        }
    }

    /// Another tab that set out lately.
    pub(crate) fn spender_for(&self, config: &Config, tab: u8) -> Option<u8> {
        let (spender, at) = self.browser.spender?;
        let lately = self.now < at + config.lengths.race;
        (lately && spender != tab).then_some(spender)
    }

    /// The page looks at the hint. Why a session ended plays no part in what follows.
    pub(crate) fn wakes(&mut self, config: &Config, tab: u8) {
        let hint = self.browser.hint;
        let reason = None;
        self.dispatch(config, tab, Event::PageResumed { hint, reason }, None);
    }

    /// A message arrives.
    pub(crate) fn hear(&mut self, config: &Config, tab: u8) {
        let Some(page) = self.tab(tab) else { return };
        let Message { telling, granted } = page.inbox.remove(0);
        match (telling, granted) {
            (Broadcast::Token(epoch, source), Some((access, ttl))) => {
                let lifetime = TokenLifetime { ttl, jitter: 0 };
                let event = Event::SiblingToken {
                    epoch,
                    lifetime,
                    source,
                };
                self.dispatch(config, tab, event, Some(access));
            }
            (Broadcast::Token(..), None) => {}
            (Broadcast::TokenRequest(epoch), _) => {
                self.dispatch(config, tab, Event::SiblingTokenRequest { epoch }, None);
            }
            (Broadcast::SignedOut(epoch, reason), _) => {
                self.dispatch(config, tab, Event::SiblingSignedOut { epoch, reason }, None);
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
        page.parked = page.machine.gate(now) == Gate::Wait;
        if page.parked {
            self.dispatch(config, tab, Event::TokenRequested, None);
        }
    }
}

impl Tab {
    fn token_to_share(&self, now: Millis) -> Option<(Access, Millis)> {
        let State::Active {
            grant: Some(grant), ..
        } = self.machine.state
        else {
            return None;
        };
        Some((self.access?, grant.expires_at - now))
    }
}
