//! Everything but the refresh: sign-in, sign-out, and a call of the API.

use crate::config::Config;
use crate::invariant::Invariant;
use crate::mutant::Mutant;
use crate::network::{Reply, Rule, Stage};
use crate::server::Row;
use crate::token::{Access, Person, Reason, SessionId, Token};
use crate::world::World;

impl World {
    pub(super) fn leave(&mut self, config: &Config, token: Option<Token>, node: u8) -> Stage {
        let verifies = |token: &Token| {
            !token.forged && !self.server.rows[usize::from(token.session)].memory.key_gone
        };
        if let Some(token) = token.filter(verifies) {
            self.server.end(token.session, self.now);
            self.server.row(token.session).memory.left_on = Some(node);
            if config.mutant != Some(Mutant::DenyMapNotFed) {
                self.server.deny(node, token.session);
            }
        }
        Stage::Answered(Reply::Gone)
    }

    pub(super) fn sign_in(
        &mut self,
        config: &Config,
        person: Person,
        replaced: Option<Token>,
    ) -> Stage {
        if let Some(token) = replaced.filter(|_| config.sign_in_ends_the_last) {
            self.server.end(token.session, self.now);
        }
        let id = SessionId::try_from(self.server.rows.len()).expect("BUG: runs are short");
        let row = Row::started(person, self.now, config.lengths);
        let access = Self::access(config, (id, &row), self.now);
        let token = row.token(id, 0);
        self.server.rows.push(row);
        Stage::Answered(Reply::Granted {
            token,
            access,
            rule: Rule::SignIn,
        })
    }

    /// The access token of a session.
    pub(super) fn access(
        config: &Config,
        (session, row): (SessionId, &Row),
        at: crate::time::Tick,
    ) -> Access {
        let expires = row.absolute_ends.min(at + config.lengths.access);
        Access { session, expires }
    }

    /// A call: answered from the token and the node's memory, without a query.
    pub(super) fn call(&mut self, access: Access, node: u8) -> Stage {
        if self.now >= access.expires {
            return Stage::Answered(Reply::Stale);
        }
        if self.server.nodes[usize::from(node)].denied & (1 << access.session) != 0 {
            return Stage::Answered(Reply::Ended(Reason::Revoked));
        }
        let row = self.server.row(access.session);
        let ended_at = row.ended_at;
        if row.memory.left_on == Some(node) {
            self.broken.add(Invariant::RefusedAfterSignOut);
        }
        // Another node has one tick's time to hear of it.
        if ended_at.is_some_and(|ended_at| ended_at < self.now) {
            self.broken.add(Invariant::RefusedOnEveryNode);
        }
        Stage::Answered(Reply::Done)
    }
}
