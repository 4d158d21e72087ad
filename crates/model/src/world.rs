//! All there is: a server, a network, a browser, and somebody with a copy of its cookie.

mod actions;
mod apply;
mod faults;
mod quiesce;

pub use actions::Action;
pub use quiesce::{Order, Outcome, quiesce};

use crate::browser::{Browser, Tab};
use crate::config::{Config, Fault};
use crate::invariant::{Invariant, Violations};
use crate::network::{Exchange, Reply, Rule, Stage};
use crate::server::{Node, Row, Server};
use crate::time::{Tick, millis};
use crate::token::{Access, Person, Token};
use protocol::client::{Epoch, Event, Hint, TokenLifetime, TokenSource};
use protocol::server::{Decision, reject_reason};

/// The state of everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    /// The time, everywhere.
    pub now: Tick,
    /// The database and its processes.
    pub server: Server,
    /// The browser.
    pub browser: Browser,
    /// Requests and answers on their way, in an order without meaning.
    pub exchanges: Vec<Exchange>,
    /// Whoever holds a copy.
    pub thief: Thief,
    /// The trouble that may still come.
    pub trouble: Fault,
    /// What has gone wrong.
    pub broken: Violations,
}

/// Whoever holds a copy of the cookie, and never the attempt key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Thief {
    /// The copy, or what was got for it.
    pub token: Option<Token>,
    /// Whether it was ever presented.
    pub acted: bool,
}

impl World {
    /// Alice has just signed in, in the first epoch; so many tabs know.
    pub fn start(config: &Config) -> Self {
        let row = Row::started(Person::Alice, 0, config.lengths);
        let access = Access {
            session: 0,
            expires: config.lengths.access,
        };
        let event = Event::SiblingToken {
            epoch: 1,
            lifetime: TokenLifetime {
                ttl: millis(config.lengths.access),
                jitter: 0,
            },
            source: TokenSource::SignIn,
        };
        let tabs = (0..config.tabs).map(|tab| {
            let open = tab < config.open;
            open.then(|| Tab::signed_in(access, event, millis(0)))
        });
        let mut world = Self {
            now: 0,
            server: Server {
                rows: vec![row],
                nodes: vec![Node::default(); usize::from(config.nodes)],
                alice_disabled: false,
            },
            browser: Browser {
                jar: Some(Token::genuine(0, 0)),
                hint: Hint::SignedIn(1),
                key: None,
                key_by: None,
                key_made: 0,
                spender: None,
                blind: false,
                session: Some(0),
                left: 0,
                tabs: tabs.collect(),
            },
            exchanges: Vec::new(),
            thief: Thief::default(),
            trouble: config.trouble,
            broken: Violations::default(),
        };
        world.normalise();
        world
    }

    /// Brings states that differ in nothing that matters to one form.
    pub(crate) fn normalise(&mut self) {
        self.exchanges.sort_unstable();
        for tab in 0..self.browser.tabs.len() {
            let calls = self
                .exchanges
                .iter()
                .any(|exchange| exchange.is_call_of(tab));
            if let Some(page) = self.browser.tabs[tab].as_mut().filter(|_| !calls) {
                page.forget_serial();
            }
        }
    }

    /// Whether the session that this browser's person signed in to is alive.
    pub fn session_lives(&self) -> bool {
        self.browser.session.is_some_and(|id| {
            let facts = self.facts(Token::genuine(id, 0));
            let key_gone = self.server.rows[usize::from(id)].memory.key_gone;
            !key_gone && reject_reason(&facts, millis(self.now)).is_none()
        })
    }

    /// Whether each session that its person left is over.
    pub fn sign_outs_are_heard(&self) -> bool {
        let rows = self.server.rows.iter().enumerate();
        let mut left = rows.filter(|(id, _)| self.browser.left & (1 << id) != 0);
        left.all(|(_, row)| row.ended_at.is_some() || row.memory.key_gone)
    }

    /// Whether an answer by that rule is on its way.
    pub(crate) fn answers(&self, by: Rule) -> bool {
        self.exchanges.iter().any(|exchange| {
            matches!(exchange.stage, Stage::Answered(Reply::Granted { rule, .. }) if rule == by)
        })
    }

    /// Whether a session is about to end for reuse.
    pub(crate) fn ends(&self) -> bool {
        self.exchanges.iter().any(|exchange| {
            matches!(exchange.stage, Stage::Decided(plan) if plan.decision == Decision::Revoke)
        })
    }

    /// A tab that knew of the last sign-in was told that nobody is signed in: woe if that session
    /// lives, and nobody stole it.
    pub(crate) fn check_sign_out(&mut self, epoch: Epoch, hint: Epoch) {
        let knew = epoch >= hint;
        if knew && self.session_lives() && !self.thief.acted {
            self.broken.add(Invariant::HonestStaysSignedIn);
        }
    }
}
