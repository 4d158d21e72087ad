//! The refresh: read, decide, and one conditional statement, as `api` does it.

use super::decide::decide_with;
use crate::config::Config;
use crate::invariant::{self, Invariant, Presented};
use crate::mutant::Mutant;
use crate::network::{Exchange, Plan, Reply, Request, Rule, Sender, Stage};
use crate::time::{Tick, millis};
use crate::token::{Key, Reason, Token};
use crate::world::World;
use protocol::server::{
    Decision, MAX_GRACE_REUSES, ReissueReason, RejectReason, Session, reject_reason, rotated,
};

impl World {
    /// Reads the row and decides.
    pub(super) fn read(
        &mut self,
        config: &Config,
        by: Sender,
        (token, key): (Option<Token>, Option<Key>),
        node: u8,
    ) -> Stage {
        let Some(token) = token else {
            return Stage::Answered(Reply::Ended(Reason::Missing));
        };
        let gone = self.server.row(token.session).memory.key_gone;
        if gone && config.mutant != Some(Mutant::RemovedKeyVerifies) {
            return Stage::Answered(Reply::Ended(Reason::Invalid));
        }
        if token.forged {
            if config.mutant == Some(Mutant::ForgeryEnds) {
                self.server.end(token.session, self.now);
            }
            return Stage::Answered(Reply::Ended(Reason::Invalid));
        }
        let at = self.clock(config, node);
        let facts = self.facts(token);
        let attempt = key.map(Key::hash);
        let decision = decide_with(config, &facts, (token.generation, attempt), at);
        let generation = self.server.row(token.session).generation;
        let plan = Plan {
            node,
            decision,
            generation,
            at,
        };
        let presented = Presented { token, key, by, at };
        match decision {
            Decision::Reject(refusal) => self.reply(config, presented, refused(refusal)),
            Decision::Reissue(ReissueReason::IdempotentRetry) => {
                self.grant(config, presented, Rule::Retry)
            }
            Decision::Revoke if config.mutant == Some(Mutant::AnswersBeforeEnding) => {
                self.end_afterwards((token, key), plan);
                self.reply(config, presented, Reply::Ended(Reason::Reused))
            }
            Decision::Rotate | Decision::Reissue(ReissueReason::GracePeriod) | Decision::Revoke => {
                Stage::Decided(plan)
            }
        }
    }

    fn end_afterwards(&mut self, (token, key): (Token, Option<Key>), plan: Plan) {
        self.exchanges.push(Exchange {
            by: Sender::Nobody,
            request: Request::Refresh {
                token: Some(token),
                key,
                epoch: 0,
            },
            sent: self.now,
            stage: Stage::Decided(plan),
        });
    }

    /// Carries the decision out by one conditional statement; where it finds another row than the
    /// decision was made on, the node reads again.
    pub(crate) fn write(&mut self, config: &Config, exchange: &Exchange, plan: Plan) -> Stage {
        let Request::Refresh {
            token: Some(token),
            key,
            ..
        } = exchange.request
        else {
            return Stage::Asked;
        };
        let by = exchange.by;
        let at = plan.at;
        let presented = Presented { token, key, by, at };
        match plan.decision {
            Decision::Rotate => self.rotate(config, presented, plan),
            Decision::Reissue(_) => {
                let facts = self.facts(token);
                let alive = reject_reason(&facts, millis(at)).is_none();
                let row = self.server.row(token.session);
                let room = u16::from(row.race_uses) < MAX_GRACE_REUSES;
                if !(alive && room && row.generation == plan.generation) {
                    return Stage::Asked;
                }
                row.race_uses += 1;
                self.grant(config, presented, Rule::Race)
            }
            Decision::Revoke => {
                self.check_ending(config, presented);
                self.server.end(token.session, at);
                self.server.deny(plan.node, token.session);
                self.reply(config, presented, Reply::Ended(Reason::Reused))
            }
            Decision::Reject(_) => Stage::Asked,
        }
    }

    fn rotate(&mut self, config: &Config, presented: Presented, plan: Plan) -> Stage {
        let Presented { token, key, by, at } = presented;
        let facts = self.facts(token);
        let alive = reject_reason(&facts, millis(at)).is_none();
        let row = self.server.row(token.session);
        let same = row.generation == plan.generation;
        let wins = match config.mutant {
            Some(Mutant::ReadThenWrite) => alive,
            Some(Mutant::SwapForgetsRevocation | Mutant::SavesTheWholeRow) => same,
            _ => same && alive,
        };
        if !wins {
            return Stage::Asked;
        }
        let read = Session {
            generation: u32::from(plan.generation),
            ..facts
        };
        let windows = config.lengths.windows();
        let mut next = rotated(&read, key.map(Key::hash), millis(at), &windows);
        if config.mutant == Some(Mutant::TimeGoesBack) {
            next.rotated_at = millis(at);
        }
        if config.mutant == Some(Mutant::SavesTheWholeRow) {
            row.ended_at = None;
        }
        // Runs are short; where a mutant makes one go on and on, it is caught by then.
        let swap = 1u32.checked_shl(u32::from(plan.generation)).unwrap_or(0);
        if row.memory.swapped & swap != 0 {
            self.broken.add(Invariant::ExactlyOneSwaps);
        }
        row.memory.swapped |= swap;
        row.rotate(&next, key, by);
        self.grant(config, presented, Rule::Rotate)
    }

    /// Answers with the newest token.
    fn grant(&mut self, config: &Config, presented: Presented, rule: Rule) -> Stage {
        let Presented { token, at, .. } = presented;
        let row = self.server.row(token.session);
        let forks = config.mutant == Some(Mutant::ForkInGrace) && rule != Rule::Rotate;
        let branch = if forks {
            u8::try_from(row.memory.branches.count_ones()).expect("BUG: runs are short")
        } else {
            0
        };
        row.memory.branches |= 1 << branch;
        let granted = row.token(token.session, branch);
        let row = row.clone();
        let access = Self::access(config, (token.session, &row), at);
        let reply = Reply::Granted {
            token: granted,
            access,
            rule,
        };
        self.reply(config, presented, reply)
    }

    fn reply(&mut self, config: &Config, presented: Presented, reply: Reply) -> Stage {
        invariant::check_answer(self, config, presented, reply);
        Stage::Answered(reply)
    }

    /// What the node reads.
    pub(crate) fn facts(&self, token: Token) -> Session {
        let enabled = self.server.enabled(token.session);
        self.server.rows[usize::from(token.session)].facts(enabled)
    }

    /// A session that no thief ever touched ends for reuse.
    fn check_ending(&mut self, config: &Config, presented: Presented) {
        let row = self.server.row(presented.token.session);
        let age = presented.at.saturating_sub(row.rotated_at);
        let too_late: Tick = config.lengths.retry;
        if row.ended_at.is_none() && !self.thief.acted && age <= too_late {
            self.broken.add(Invariant::HonestStaysSignedIn);
        }
    }
}

fn refused(refusal: RejectReason) -> Reply {
    Reply::Ended(match refusal {
        RejectReason::Expired | RejectReason::FutureSession => Reason::Expired,
        RejectReason::Revoked | RejectReason::Disabled => Reason::Revoked,
        RejectReason::Invalid | RejectReason::GenerationAhead => Reason::Invalid,
    })
}
