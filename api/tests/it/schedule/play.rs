//! Playing a schedule: the requests of a step all at once, then the search for an order that
//! explains what came back.

use super::deed::{Act, Deed, Seen};
use super::draw::Step;
use super::ledger::Ledger;
use super::model::{Model, SESSIONS, Scene, Session};
use super::stage::Stage;
use api::db::session::{Session as Row, find};
use futures::future::join_all;
use std::collections::BTreeMap;

/// So that what ended in the schedule before is forgotten.
const PAUSE: u64 = 7_200;

pub async fn play(stage: &mut Stage, steps: &[Step]) -> Result<(), String> {
    stage.played += 1;
    stage.nodes[0].passes(PAUSE);
    let mut game = Game {
        ledger: Ledger::default(),
        models: vec![Model::default()],
    };
    for node in 0..2 {
        stage.catches_up(node).await;
    }
    // Without anybody nothing happens.
    let first = Deed {
        node: 0,
        act: Act::Register(0),
    };
    let mut played = game.together(stage, vec![first]).await;
    for step in steps {
        if played.is_err() {
            break;
        }
        played = game.step(stage, step).await;
    }
    played.map_err(|broken| format!("{broken}\n{}", game.ledger.story.join("\n")))
}

struct Game {
    ledger: Ledger,
    /// Where things may stand: more than one where the rows do not tell.
    models: Vec<Model>,
}

impl Game {
    async fn step(&mut self, stage: &mut Stage, step: &Step) -> Result<(), String> {
        match step {
            Step::Together(wishes) => {
                let deeds = wishes.iter().filter_map(|wish| wish.deed(&self.ledger));
                let deeds = deeds.collect();
                return self.together(stage, deeds).await;
            }
            Step::Passes(seconds) => {
                stage.nodes[0].passes(*seconds);
                self.tell(format!("{seconds} s pass"));
            }
            Step::NodesCatchUp => {
                for node in 0..2 {
                    stage.catches_up(node).await;
                    self.models
                        .iter_mut()
                        .for_each(|model| model.catches_up(node));
                }
                self.tell("the nodes catch up".to_owned());
            }
            Step::Restarts(node) => {
                stage.restarts(*node).await;
                self.models
                    .iter_mut()
                    .for_each(|model| model.catches_up(*node));
                self.tell(format!("node {node} restarts"));
            }
        }
        Ok(())
    }

    fn tell(&mut self, line: String) {
        self.ledger.story.push(line);
    }

    async fn together(&mut self, stage: &mut Stage, deeds: Vec<Deed>) -> Result<(), String> {
        stage.prepares(&deeds).await;
        let now = stage.now();
        let acting = deeds.iter().map(|deed| stage.performs(deed, &self.ledger));
        let seen = join_all(acting).await;
        let done: Vec<_> = deeds.into_iter().zip(seen).collect();
        if done.len() > 1 {
            self.tell(format!("{} at once:", done.len()));
        }
        for (deed, seen) in &done {
            self.ledger.learn(deed, seen, now)?;
            self.is_their_own(stage, deed, seen)?;
        }
        self.models = explained(&self.models, &done, now);
        if self.models.is_empty() {
            return Err("no order of these requests explains the answers".to_owned());
        }
        self.look(stage).await
    }

    /// I-14: whoever signs in gets their own tokens.
    fn is_their_own(&mut self, stage: &Stage, deed: &Deed, seen: &Seen) -> Result<(), String> {
        let (Act::Register(who) | Act::SignIn(who, _), Seen::Entered(entered)) = (&deed.act, seen)
        else {
            return Ok(());
        };
        if entered.name != stage.name(*who) {
            return Err("I-14: another person's name".to_owned());
        }
        self.ledger.registered(*who, entered)
    }

    /// I-01, I-03, I-07, I-12, I-13, I-17: the rows are what one of the orders leaves.
    async fn look(&mut self, stage: &Stage) -> Result<(), String> {
        let app = &stage.nodes[0].app;
        let now = i64::try_from(stage.now()).unwrap();
        let mut live: BTreeMap<String, usize> = BTreeMap::new();
        for sid in self.ledger.sessions().to_vec() {
            let found = find(&app.db, &sid).await.unwrap();
            let (row, user) = found.ok_or("a session is gone before its end")?;
            self.ledger.ended(&sid, row.revoked_at.is_some())?;
            let end = row.idle_expires_at.min(row.absolute_expires_at);
            if row.revoked_at.is_none() && now < end {
                *live.entry(user.id).or_default() += 1;
            }
            self.models.retain(|model| is(&row, &model.sessions[&sid]));
            if self.models.is_empty() {
                return Err(format!(
                    "no order explains the row of {}: {row:?}",
                    &sid[..4]
                ));
            }
        }
        match live.values().max() {
            Some(count) if *count > SESSIONS => Err(format!("I-17: {count} live sessions")),
            _ => Ok(()),
        }
    }
}

/// Every way in which the requests, one after the other in some order, give these answers.
fn explained(models: &[Model], done: &[(Deed, Seen)], now: u64) -> Vec<Model> {
    let mut found = Vec::new();
    for start in models {
        let scene = Scene {
            now,
            start,
            alone: done.len() == 1,
            node: 0,
        };
        let left: Vec<_> = done.iter().collect();
        search(start, &left, scene, &mut found);
    }
    found
}

fn search(model: &Model, left: &[&(Deed, Seen)], scene: Scene<'_>, found: &mut Vec<Model>) {
    if left.is_empty() {
        if !found.contains(model) {
            found.push(model.clone());
        }
        return;
    }
    for (index, (deed, seen)) in left.iter().enumerate() {
        let mut rest = left.to_vec();
        rest.remove(index);
        for next in model.allowed(deed, seen, scene) {
            search(&next, &rest, scene, found);
        }
    }
}

fn is(row: &Row, session: &Session) -> bool {
    let time = |time: u64| i64::try_from(time).unwrap();
    let reason = session.ended.map(|why| (why, row.revoke_reason.as_deref()));
    row.generation == i64::from(session.generation)
        && row.rotated_at == time(session.rotated_at)
        && row.attempt_hash.is_some() == session.attempt.is_some()
        && row.race_uses == session.races
        && row.idle_expires_at == time(session.idle_end)
        && row.absolute_expires_at == time(session.absolute_end())
        && row.revoked_at.is_some() == session.ended.is_some()
        && reason.is_none_or(|(why, told)| why.is_none() || why == told)
}
