//! Tells a run in words: a move names an exchange by its place in the bag, which says nothing.

use crate::config::Config;
use crate::network::{Exchange, Request, Stage};
use crate::world::{Action, World};

/// Each move of a run, and what it was about.
pub fn describe(config: &Config, moves: &[Action]) -> Vec<String> {
    let mut world = World::start(config);
    let tell = |happens: &Action| {
        let line = line(&world, *happens);
        world = world.after(config, *happens);
        line
    };
    moves.iter().map(tell).collect()
}

fn line(world: &World, happens: Action) -> String {
    let (verb, at) = match happens {
        Action::Serve(at, node) => return format!("{} is read by node {node}", about(world, at)),
        Action::Write(at) => ("is decided and written", at),
        Action::Arrive(at) => ("is answered", at),
        Action::Overtaken(at) => ("is overtaken", at),
        Action::GiveUp(at) => ("is given up", at),
        Action::LoseBody(at) => ("loses its body, not its cookie", at),
        Action::Duplicate(at) => ("is delivered twice", at),
        Action::Outage(at) => ("meets an outage", at),
        Action::Reject(at) => ("is rejected", at),
        other => return format!("{other:?} at {}", world.now),
    };
    format!("{} {verb}", about(world, at))
}

fn about(world: &World, at: u8) -> String {
    let Exchange {
        by, request, stage, ..
    } = world.exchanges[usize::from(at)];
    let what = match request {
        Request::Refresh { token, key, epoch } => {
            let token = token.map_or("no token".to_owned(), |token| {
                format!("token {}.{}", token.session, token.generation)
            });
            let key = key.map_or(0, |key| key.0);
            format!("refresh with {token}, key {key}, epoch {epoch}")
        }
        Request::Leave { epoch, .. } => format!("sign-out of epoch {epoch}"),
        Request::SignIn { person, .. } => format!("sign-in of {person:?}"),
        Request::Call { .. } => "call".to_owned(),
    };
    let stage = match stage {
        Stage::Asked => String::new(),
        Stage::Decided(plan) => format!(" ({:?} from {})", plan.decision, plan.generation),
        Stage::Answered(reply) => format!(" ({reply:?})"),
    };
    format!("{by:?}: {what}{stage}")
}
