//! `cargo bench -p api --bench wire`: what a protected call costs over a plain one, and how many
//! refreshes a second one server core carries, for one client and for many. Only ratios within one run say something.

mod client;
mod names;
mod plain;
mod probe;
mod ready;
mod scripts;
mod server;
mod side;

use client::Outcome;
use ready::keep_to_the_other_core;
use scripts::{Call, Tab, measured};
use server::Server;
use std::time::Duration;

/// Asks whether names are told by time, and nothing else.
const NAMES: &str = "names";
/// Measures everything there is, for `cargo xtask bench`.
const SIDE: &str = "side";
/// Makes this program the plain server.
const PLAIN: &str = "plain";
const CLIENTS: usize = 32;
const LENGTH: Duration = Duration::from_secs(1);
/// Each server is measured in turn, so often.
const ROUNDS: usize = 12;

fn main() {
    let runtime = |threads| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(threads).enable_all().build()
    };
    if std::env::args().any(|arg| arg == PLAIN) {
        tracing_subscriber::fmt()
            .with_writer(std::io::stderr)
            .with_ansi(false)
            .init();
        let runtime = runtime(1).expect("there are threads");
        runtime.block_on(plain::serve());
        return;
    }
    if std::env::args()
        .nth(1)
        .is_some_and(|arg| arg == probe::PROBE)
    {
        probe::run(std::env::args().skip(2));
        return;
    }
    keep_to_the_other_core();
    let runtime = runtime(1).expect("there are threads");
    if std::env::args().any(|arg| arg == NAMES) {
        let kept = runtime.block_on(names::measure());
        assert!(kept, "names are told by time");
        return;
    }
    let words: Vec<_> = std::env::args().collect();
    if let Some(at) = words.iter().position(|word| word == SIDE) {
        let plan = side::Plan::read(words.into_iter().skip(at + 1));
        runtime.block_on(side::measure(&plan));
        return;
    }
    runtime.block_on(measure());
}

async fn measure() {
    let (plain, api) = (Server::plain(), Server::api("HS256"));
    let pairs = Server::api("EdDSA");
    let mut tabs = Vec::new();
    for number in 0..CLIENTS {
        tabs.push(Tab::registers(&api.address, number).await);
    }
    let token = tabs[0].token.clone();
    let signed = Tab::registers(&pairs.address, 0).await.token;
    let mut lone = vec![Tab::registers(&api.address, CLIENTS).await];
    let (mut bare, mut guarded, mut by_pair) = (None, None, None);
    let (mut alone, mut refreshed) = (None, None);
    for _ in 0..ROUNDS {
        better(&mut bare, calls(&plain, &token).await);
        better(&mut guarded, calls(&api, &token).await);
        better(&mut by_pair, calls(&pairs, &signed).await);
        let mut outcome;
        (outcome, lone) = measured(&api, lone, LENGTH).await;
        better(&mut alone, outcome);
        (outcome, tabs) = measured(&api, tabs, LENGTH).await;
        better(&mut refreshed, outcome);
    }
    table([
        ("plain poem-openapi route", bare),
        ("GET /api/auth/session", guarded),
        ("the same, by EdDSA", by_pair),
        ("refresh, by one client", alone),
        ("refresh, by all of them", refreshed),
    ]);
}

fn table(outcomes: [(&str, Option<Outcome>); 5]) {
    let outcomes = outcomes.map(|(name, outcome)| {
        let outcome = outcome.expect("every round has an outcome");
        assert_eq!(outcome.refused, 0, "{name}");
        (name, outcome)
    });
    let base = (outcomes[0].1.rate, outcomes[0].1.cost);
    let head = format!("{CLIENTS} clients");
    println!(
        "{head:<28}{:>10}{:>8}{:>11}{:>11}{:>11}{:>8}",
        "calls/s", "ratio", "median", "p99", "processor", "ratio"
    );
    for (name, outcome) in outcomes {
        println!(
            "{name:<28}{:>10.0}{:>8.2}{:>11.1?}{:>11.1?}{:>11.1?}{:>8.2}",
            outcome.rate,
            outcome.rate / base.0,
            outcome.median,
            outcome.p99,
            outcome.cost,
            base.1.div_duration_f64(outcome.cost),
        );
    }
}

/// The fastest round counts, and, for what the processor did, the cheapest: what disturbs a round
/// only ever slows it down.
fn better(best: &mut Option<Outcome>, mut outcome: Outcome) {
    if let Some(known) = best {
        outcome.cost = outcome.cost.min(known.cost);
        known.cost = outcome.cost;
    }
    if best.as_ref().is_none_or(|best| best.rate < outcome.rate) {
        *best = Some(outcome);
    }
}

async fn calls(server: &Server, token: &str) -> Outcome {
    let credential = format!("Authorization: Bearer {token}");
    let calls = Call::many("/api/auth/session", &credential, CLIENTS);
    measured(server, calls, LENGTH).await.0
}
