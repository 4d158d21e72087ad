//! `cargo bench -p api --bench wire -- side ..`, for `cargo xtask bench`: everything there is, side
//! by side in one run, with what others would build where that is installed. Each line that it prints
//! is a figure, with its values round by round.

mod calls;
mod found;
mod hashes;
mod postgres;
mod refreshes;
mod rest;
mod sign_ins;

use super::CLIENTS;
use found::Found;
use std::path::PathBuf;
use std::time::Duration;

/// What is measured, and for how long.
#[derive(Default)]
pub struct Plan {
    /// Where what others would build lies, if it is installed.
    peers: Option<PathBuf>,
    /// Whether there is a PostgreSQL.
    postgres: bool,
    /// The web app, for who serves it too.
    web: Option<PathBuf>,
    /// One part alone, for who works on that.
    only: Option<String>,
    rounds: usize,
    length: Duration,
}

impl Plan {
    /// What was asked for on the command line.
    pub fn read(words: impl Iterator<Item = String>) -> Self {
        let mut plan = Self {
            rounds: 1,
            length: Duration::from_millis(100),
            ..Self::default()
        };
        let mut words = words;
        while let Some(word) = words.next() {
            let mut value = || words.next().expect("a value stands behind it");
            match word.as_str() {
                "--peers" => plan.peers = Some(value().into()),
                "--web" => plan.web = Some(value().into()),
                "--only" => plan.only = Some(value()),
                "--postgres" => plan.postgres = true,
                "--rounds" => plan.rounds = value().parse().expect("a number of rounds"),
                "--millis" => {
                    plan.length = Duration::from_millis(value().parse().expect("milliseconds"));
                }
                // Cargo says so to every bench.
                _ => {}
            }
        }
        plan
    }

    /// A script of what others would build.
    fn peer(&self, script: &str) -> Option<PathBuf> {
        Some(self.peers.as_ref()?.join(script))
    }
}

/// Measures all of it, and prints what was found.
pub async fn measure(plan: &Plan) {
    let mut found = Found::default();
    let wants = |part: &str| plan.only.as_ref().is_none_or(|only| only == part);
    let resting = wants("rest").then(|| rest::begin(plan));
    if wants("start") {
        rest::starts(plan, &mut found);
    }
    if wants("calls") {
        calls::measure(plan, &mut found).await;
    }
    if wants("refreshes") {
        refreshes::measure(plan, &mut found).await;
    }
    if wants("postgres") && plan.postgres {
        postgres::measure(plan, &mut found).await;
    }
    if wants("hashes") {
        hashes::measure(plan, &mut found).await;
    }
    if wants("sign-ins") {
        sign_ins::measure(plan, &mut found).await;
    }
    if wants("crowd") {
        sign_ins::crowd(plan, &mut found).await;
    }
    if let Some(resting) = resting {
        rest::end(&resting, &mut found);
    }
    found.print();
}
