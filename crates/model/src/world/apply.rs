//! Makes things happen.

use super::{Action, World};
use crate::config::Config;
use crate::invariant::{self, Invariant};
use crate::mutant::Mutant;
use crate::network::{Exchange, Reply, Request, Sender, Stage};
use crate::time::millis;
use crate::token::Reason;
use protocol::client::{Event, Gate};

impl World {
    /// The world after that has happened.
    #[must_use]
    pub fn after(&self, config: &Config, happens: Action) -> Self {
        let mut world = self.clone();
        world.happen(config, happens);
        invariant::check_rows(&self.server.rows, &mut world);
        world.normalise();
        world
    }

    fn happen(&mut self, config: &Config, happens: Action) {
        match happens {
            Action::Serve(at, node) => self.served(config, at, node),
            Action::Write(at) => self.written(config, at),
            Action::Arrive(at) => self.arrives(config, at),
            Action::Overtaken(at) => self.overtaken(config, at),
            Action::GiveUp(at) => self.given_up(config, at, None),
            Action::LoseBody(at) => self.body_lost(config, at),
            Action::Duplicate(at) => self.duplicated(at),
            Action::Outage(at) => self.out(at),
            Action::Reject(at) => self.rejected(at),
            Action::Load(tab) => self.loaded(config, tab),
            Action::Look(tab) => self.looked(config, tab, true),
            Action::LookInVain(tab) => self.looked(config, tab, false),
            Action::Ring(tab) => self.rung(config, tab),
            Action::Hear(tab) => self.hear(config, tab),
            Action::Miss(tab) => self.missed(tab),
            Action::Wake(tab) => self.woken(config, tab),
            Action::SignOut(tab) => self.signs_out(config, tab),
            Action::SignIn(tab) => self.signs_in(config, tab),
            Action::Call(tab) => self.calls(config, tab),
            Action::Crash(node) => self.crashed(config, node),
            Action::CatchUp(node) => self.caught_up(config, node),
            Action::Steal => self.stolen(),
            Action::UseCopy => self.copy_used(),
            Action::Forge => self.forged(),
            Action::RaceForKey => self.raced_for_key(),
            Action::Disable => self.disabled(),
            Action::Rekey => self.rekeyed(config),
            Action::Pass => self.passes(config),
        }
    }

    fn served(&mut self, config: &Config, at: u8, node: u8) {
        let exchange = self.exchanges.remove(usize::from(at));
        let before = self.server.rows.clone();
        let stage = self.serve(config, &exchange, node);
        let forged =
            matches!(exchange.request, Request::Refresh { token: Some(token), .. } if token.forged);
        if forged && before != self.server.rows {
            self.broken.add(Invariant::GarbageChangesNothing);
        }
        self.put_back(Exchange { stage, ..exchange });
    }

    fn written(&mut self, config: &Config, at: u8) {
        let exchange = self.exchanges.remove(usize::from(at));
        let Stage::Decided(plan) = exchange.stage else {
            return;
        };
        let stage = self.write(config, &exchange, plan);
        self.put_back(Exchange { stage, ..exchange });
    }

    /// An answer to nobody is the end of it.
    fn put_back(&mut self, exchange: Exchange) {
        let answered = matches!(exchange.stage, Stage::Answered(_));
        if exchange.by != Sender::Nobody || !answered {
            self.exchanges.push(exchange);
        }
    }

    fn arrives(&mut self, config: &Config, at: u8) {
        let exchange = self.exchanges.remove(usize::from(at));
        let Stage::Answered(reply) = exchange.stage else {
            return;
        };
        match exchange.by {
            Sender::Tab(tab) => {
                self.keep_cookie(config, &exchange.request, Some(reply));
                self.answered(config, tab, exchange.request, Some(reply));
            }
            Sender::Thief => {
                if let Reply::Granted { token, .. } = reply {
                    self.thief.token = Some(token);
                }
            }
            Sender::Nobody => {}
        }
    }

    /// The tab is told that there is no answer; the request lives on.
    fn given_up(&mut self, config: &Config, at: u8, cookie: Option<Reply>) {
        self.trouble.losses -= 1;
        let exchange = self.exchanges.remove(usize::from(at));
        let Sender::Tab(tab) = exchange.by else {
            return;
        };
        self.put_back(Exchange {
            by: Sender::Nobody,
            ..exchange
        });
        self.keep_cookie(config, &exchange.request, cookie);
        self.answered(config, tab, exchange.request, None);
    }

    fn overtaken(&mut self, config: &Config, at: u8) {
        let exchange = self.exchanges.remove(usize::from(at));
        if let Sender::Tab(tab) = exchange.by {
            self.answered(config, tab, exchange.request, None);
        }
    }

    fn body_lost(&mut self, config: &Config, at: u8) {
        if let Stage::Answered(reply) = self.exchanges[usize::from(at)].stage {
            self.given_up(config, at, Some(reply));
        }
    }

    fn looked(&mut self, config: &Config, tab: u8, sibling: bool) {
        let Some(page) = self.tab(tab) else { return };
        let epoch = page.machine.epoch;
        self.dispatch(config, tab, Event::SiblingsProbed { epoch, sibling }, None);
    }

    fn rung(&mut self, config: &Config, tab: u8) {
        let Some(page) = self.tab(tab) else { return };
        page.alarm = None;
        // A page asks for less than a tick.
        let until = page.asks_until().unwrap_or_default();
        let now = until.max(millis(self.now));
        self.dispatch_at(config, tab, Event::TimerFired, None, now);
    }

    fn woken(&mut self, config: &Config, tab: u8) {
        if let Some(page) = self.tab(tab) {
            page.missed = false;
        }
        self.wakes(config, tab);
    }

    fn signs_out(&mut self, config: &Config, tab: u8) {
        self.trouble.sign_outs -= 1;
        if let Some(id) = self.browser.session.take() {
            self.browser.left |= 1 << id;
        }
        let known = self.browser.hint.epoch();
        let reason = Reason::SignedOut;
        self.dispatch(config, tab, Event::SignOut { reason, known }, None);
    }

    fn calls(&mut self, config: &Config, tab: u8) {
        self.trouble.calls -= 1;
        let now = millis(self.now);
        let Some(page) = self.tab(tab) else { return };
        match page.machine.gate(now) {
            Gate::Proceed(serial) => {
                if let Some(access) = page.access {
                    self.send(tab, Request::Call { access, serial });
                }
            }
            Gate::Wait => {
                page.parked = true;
                self.dispatch(config, tab, Event::TokenRequested, None);
            }
            Gate::Unavailable | Gate::SignedOut => {}
        }
    }

    pub(crate) fn passes(&mut self, config: &Config) {
        self.now += 1;
        self.browser.blind = false;
        let race = config.lengths.race;
        let lately = self.browser.spender.filter(|(_, at)| self.now < at + race);
        self.browser.spender = lately;
        let patience = config.lengths.patience;
        let now = self.now;
        // A request that nobody waits for does not wait for ever either.
        self.exchanges.retain(|exchange| {
            let forgotten = exchange.by == Sender::Nobody && exchange.stage == Stage::Asked;
            !forgotten || now <= exchange.sent + patience
        });
        if config.mutant != Some(Mutant::NodesDoNotTell) {
            (0..self.server.nodes.len()).for_each(|node| self.server.catch_up(node));
        }
    }
}
