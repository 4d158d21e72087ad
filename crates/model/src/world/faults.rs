//! What goes wrong, each at the cost of one piece of trouble.

use super::World;
use crate::browser::{Tab, Want};
use crate::config::Config;
use crate::mutant::Mutant;
use crate::network::{Exchange, Reply, Request, Sender, Stage};
use crate::token::{Person, Token};
use protocol::client::Event;

impl World {
    pub(super) fn duplicated(&mut self, at: u8) {
        self.trouble.duplicates -= 1;
        let original = self.exchanges[usize::from(at)];
        self.exchanges.push(Exchange {
            by: Sender::Nobody,
            ..original
        });
    }

    pub(super) fn out(&mut self, at: u8) {
        self.trouble.outages -= 1;
        self.exchanges[usize::from(at)].stage = Stage::Answered(Reply::Busy);
    }

    pub(super) fn rejected(&mut self, at: u8) {
        self.trouble.rejections -= 1;
        self.exchanges[usize::from(at)].stage = Stage::Answered(Reply::Rejected);
    }

    /// The old page's requests are nobody's now.
    pub(super) fn loaded(&mut self, config: &Config, tab: u8) {
        self.trouble.loads -= 1;
        for exchange in &mut self.exchanges {
            if exchange.by == Sender::Tab(tab) {
                exchange.by = Sender::Nobody;
            }
        }
        self.exchanges.retain(|exchange| {
            let answered = matches!(exchange.stage, Stage::Answered(_));
            exchange.by != Sender::Nobody || !answered
        });
        self.browser.tabs[usize::from(tab)] = Some(Tab::blank());
        // What the old page sent is nobody's to forget.
        self.browser.key_by = self.browser.key_by.filter(|by| *by != tab);
        // The page that goes away takes its note with it.
        self.browser.spender = self.browser.spender.filter(|(spender, _)| *spender != tab);
        let hint = self.browser.hint;
        self.dispatch(config, tab, Event::PageLoaded(hint), None);
    }

    pub(super) fn missed(&mut self, tab: u8) {
        self.trouble.misses -= 1;
        if let Some(page) = self.tab(tab) {
            page.inbox.remove(0);
            page.missed = true;
        }
    }

    pub(super) fn signs_in(&mut self, config: &Config, tab: u8) {
        self.trouble.sign_ins -= 1;
        if let Some(page) = self.tab(tab) {
            page.queue.push(Want::SignIn(Person::Bob));
        }
        self.take_turns(config, tab);
    }

    /// What it had not written is undone, and it starts with what the database says.
    pub(super) fn crashed(&mut self, config: &Config, node: u8) {
        self.trouble.crashes -= 1;
        self.start_again(config, node);
    }

    fn start_again(&mut self, config: &Config, node: u8) {
        for exchange in &mut self.exchanges {
            if matches!(exchange.stage, Stage::Decided(plan) if plan.node == node) {
                exchange.stage = Stage::Answered(Reply::Busy);
            }
        }
        self.exchanges.retain(|exchange| {
            let answered = matches!(exchange.stage, Stage::Answered(_));
            exchange.by != Sender::Nobody || !answered
        });
        if config.mutant == Some(Mutant::DenyMapForgets) {
            self.server.nodes[usize::from(node)].denied = 0;
        } else {
            self.server.catch_up(usize::from(node));
        }
    }

    pub(super) fn caught_up(&mut self, config: &Config, node: u8) {
        if config.mutant != Some(Mutant::NodesDoNotTell) {
            self.server.catch_up(usize::from(node));
        }
    }

    pub(super) fn stolen(&mut self) {
        self.trouble.thefts -= 1;
        self.thief.token = self.browser.jar;
    }

    pub(super) fn copy_used(&mut self) {
        self.trouble.thief_uses -= 1;
        self.thief.acted = true;
        let token = self.thief.token;
        self.present(Sender::Thief, token);
    }

    pub(super) fn forged(&mut self) {
        self.trouble.forgeries -= 1;
        let forged = Token {
            forged: true,
            ..Token::genuine(0, 0)
        };
        self.present(Sender::Nobody, Some(forged));
    }

    fn present(&mut self, by: Sender, token: Option<Token>) {
        self.exchanges.push(Exchange {
            by,
            request: Request::Refresh {
                token,
                key: None,
                epoch: 0,
            },
            sent: self.now,
            stage: Stage::Asked,
        });
    }

    pub(super) fn raced_for_key(&mut self) {
        self.trouble.key_races -= 1;
        self.browser.blind = true;
    }

    /// A secret is replaced: the nodes start again, and what the old key signed is nobody's.
    pub(super) fn rekeyed(&mut self, config: &Config) {
        self.trouble.rekeys -= 1;
        for node in 0..config.nodes {
            self.start_again(config, node);
        }
        for row in &mut self.server.rows {
            row.memory.key_gone = true;
        }
    }

    pub(super) fn disabled(&mut self) {
        self.trouble.disables -= 1;
        self.server.alice_disabled = true;
    }
}
