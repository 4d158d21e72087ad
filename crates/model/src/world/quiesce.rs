//! Fair weather: nothing is lost any more, nobody does anything, and what can go on goes on.

use super::{Action, World};
use crate::browser::tab::Tab;
use crate::config::{Config, NO_TROUBLE};
use crate::invariant::Violations;
use crate::network::{Sender, Stage};
use crate::time::{NEVER, Tick, ticks};
use protocol::client::Hint;

/// More steps than any run of a handful of tabs takes to come to rest.
const STEPS_MAX: usize = 300;

/// Who goes first in fair weather.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// What is on the network, the oldest in the bag first.
    NetworkFirst,
    /// The tabs, the last first; then the network, the last in the bag first.
    TabsFirst,
}

/// How a run in fair weather ends.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Where it ends.
    pub world: World,
    /// Whether it came to rest, and to rest again after the next refresh.
    pub rested: bool,
    /// Whether all tabs said the same as the cookie each time.
    pub agreed: bool,
}

impl Outcome {
    /// What broke on the way.
    pub fn broken(&self) -> Violations {
        self.world.broken
    }
}

/// Runs on in fair weather: to rest, and then through one more refresh to rest again.
pub fn quiesce(config: &Config, world: &World, order: Order) -> Outcome {
    let mut world = world.clone();
    world.trouble = NO_TROUBLE;
    let mut agreed = true;
    let mut rests = 0;
    for _ in 0..STEPS_MAX {
        if let Some(next) = world.next_in_calm(config, order) {
            world = world.after(config, next);
            continue;
        }
        if world.is_quiescent() {
            agreed &= world.tabs_agree();
            rests += 1;
        }
        let alarm = world.next_alarm();
        let Some(alarm) = alarm.filter(|alarm| rests < 2 && *alarm < NEVER) else {
            break;
        };
        while world.now < alarm {
            world.passes(config);
        }
        world.normalise();
    }
    let rested = world.is_quiescent() && rests > 0;
    Outcome {
        world,
        rested,
        agreed,
    }
}

impl World {
    /// Whether nothing is under way.
    pub fn is_quiescent(&self) -> bool {
        let told = !matches!(self.browser.hint, Hint::LogoutPending(_));
        let tabs = self.browser.tabs.iter().flatten();
        let nobody_works = tabs.clone().next().is_none() || told;
        self.exchanges.is_empty() && nobody_works && tabs.into_iter().all(Tab::is_quiescent)
    }

    fn next_in_calm(&self, config: &Config, order: Order) -> Option<Action> {
        let mut exchanges = self.exchanges.iter().enumerate().map(|(at, exchange)| {
            let at = u8::try_from(at).expect("BUG: few are under way");
            if !config.stragglers && self.is_overtaken(config, exchange) {
                return Action::Overtaken(at);
            }
            match exchange.stage {
                Stage::Asked => Action::Serve(at, 0),
                Stage::Decided(_) => Action::Write(at),
                Stage::Answered(_) => Action::Arrive(at),
            }
        });
        let mut tabs = (0..self.browser.tabs.len()).filter_map(|tab| self.tab_in_calm(config, tab));
        match order {
            Order::NetworkFirst => exchanges.next().or_else(|| tabs.next()),
            Order::TabsFirst => tabs.next_back().or_else(|| exchanges.next_back()),
        }
    }

    fn tab_in_calm(&self, config: &Config, index: usize) -> Option<Action> {
        let tab = u8::try_from(index).expect("BUG: few tabs");
        let page = self.browser.tabs[index].as_ref()?;
        if !page.inbox.is_empty() {
            return Some(Action::Hear(tab));
        }
        if page.missed {
            return Some(Action::Wake(tab));
        }
        if page.looks() {
            let sees = self.spender_for(config, tab).is_some();
            return Some(if sees {
                Action::Look(tab)
            } else {
                Action::LookInVain(tab)
            });
        }
        let due = page.alarm.is_some_and(|alarm| ticks(alarm) <= self.now);
        (due || page.asks_until().is_some()).then_some(Action::Ring(tab))
    }

    fn next_alarm(&self) -> Option<Tick> {
        let pages = self.browser.tabs.iter().flatten();
        pages.filter_map(|page| page.alarm.map(ticks)).min()
    }

    /// Whether all tabs are signed in to the session of the cookie, or all are signed out.
    pub fn tabs_agree(&self) -> bool {
        let mut pages = self.browser.tabs.iter().flatten();
        match (self.browser.hint, self.browser.jar) {
            (Hint::SignedIn(epoch), Some(token)) => pages.all(|page| {
                let session = page.access.map(|access| access.session);
                session == Some(token.session) && page.machine.epoch == epoch
            }),
            (Hint::SignedIn(_), None) => false,
            (hint, _) => pages.all(|page| !page.is_live() && page.machine.epoch == hint.epoch()),
        }
    }

    /// Whether that sender has something under way.
    pub fn has_under_way(&self, by: Sender) -> bool {
        self.exchanges.iter().any(|exchange| exchange.by == by)
    }
}
