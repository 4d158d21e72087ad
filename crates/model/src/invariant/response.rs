//! Judges each answer of the server against the words of the specification, not against the code.

use super::Invariant;
use crate::config::Config;
use crate::network::{Reply, Rule, Sender};
use crate::server::Row;
use crate::time::{Tick, millis};
use crate::token::{Key, Token};
use crate::world::World;
use protocol::server::{RejectReason, reject_reason};

/// A token that was presented.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Presented {
    pub(crate) token: Token,
    pub(crate) key: Option<Key>,
    pub(crate) by: Sender,
    /// The node's time when it read the row.
    pub(crate) at: Tick,
}

/// Judges an answer to a refresh at the moment that it leaves.
pub(crate) fn check_answer(world: &mut World, config: &Config, presented: Presented, reply: Reply) {
    let Presented { token, .. } = presented;
    let row = world.server.row(token.session).clone();
    if row.ended_at.is_none() {
        check_age(world, config, presented, &row, reply);
    }
    let Reply::Granted {
        token: successor,
        rule,
        ..
    } = reply
    else {
        return;
    };
    match reject_reason(&world.facts(token), millis(presented.at)) {
        Some(RejectReason::Expired) => world.broken.add(Invariant::ExpiredYieldsNothing),
        Some(_) => world.broken.add(Invariant::RevokedYieldsNothing),
        None => {}
    }
    if row.memory.key_gone {
        world.broken.add(Invariant::RemovedKeyYieldsNothing);
    }
    if row.memory.branches.count_ones() > 1 {
        world.broken.add(Invariant::OneLiveLeaf);
    }
    check_successor(world, token, successor);
    let other_hands = row.memory.by_thief != (presented.by == Sender::Thief);
    let age = presented.at.saturating_sub(row.rotated_at);
    if rule != Rule::Rotate && other_hands && age > config.lengths.race {
        world.broken.add(Invariant::StolenAndUsedByBothIsDead);
    }
}

/// I-05 and I-06: a spent token outside its windows has ended the session by now.
fn check_age(world: &mut World, config: &Config, presented: Presented, row: &Row, reply: Reply) {
    if reject_reason(&world.facts(presented.token), millis(presented.at)).is_some() {
        return;
    }
    let age = presented.at.saturating_sub(row.rotated_at);
    // A rotation by this very answer has just moved the session on.
    let before = match reply {
        Reply::Granted {
            rule: Rule::Rotate, ..
        } => row.generation.saturating_sub(1),
        _ => row.generation,
    };
    let own = presented.key.is_some() && presented.key == row.attempt;
    let inside = age <= config.lengths.race || (own && age <= config.lengths.retry);
    match before.saturating_sub(presented.token.generation) {
        0 => {}
        1 if inside => {}
        1 => world.broken.add(Invariant::OutsideWindowsEnds),
        _ => world.broken.add(Invariant::OlderEnds),
    }
}

fn check_successor(world: &mut World, token: Token, successor: Token) {
    let row = world.server.row(token.session);
    let successor = (successor.generation, successor.branch);
    // No run explored gets that far; where a mutant makes one go on and on, it is caught by then.
    let answered = row.memory.answered.get_mut(usize::from(token.generation));
    if answered.is_some_and(|known| *known.get_or_insert(successor) != successor) {
        world.broken.add(Invariant::OneSuccessor);
    }
}

/// What no step whatever may do to a row.
pub(crate) fn check_rows(before: &[Row], world: &mut World) {
    for (id, was) in before.iter().enumerate() {
        let row = &world.server.rows[id];
        if row.generation < was.generation || row.rotated_at < was.rotated_at {
            world.broken.add(Invariant::NeverBack);
        }
        if was.ended_at.is_some() && world.server.rows[id].ended_at.is_none() {
            world.broken.add(Invariant::RevokedYieldsNothing);
        }
    }
}
