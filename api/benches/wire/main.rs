//! `cargo bench -p api --bench wire`: what a protected call costs over a plain one, and how many
//! refreshes a second one server core carries, for one client and for many. Only ratios within one run say something.

mod client;
mod names;
mod plain;
mod server;

use client::{Outcome, Script, header, load, once};
use server::Server;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Asks whether names are told by time, and nothing else.
const NAMES: &str = "names";
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
    keep_to_the_other_core();
    let runtime = runtime(1).expect("there are threads");
    if std::env::args().any(|arg| arg == NAMES) {
        let kept = runtime.block_on(names::measure());
        assert!(kept, "names are told by time");
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
        (outcome, lone) = measured(&api, lone).await;
        better(&mut alone, outcome);
        (outcome, tabs) = measured(&api, tabs).await;
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

/// Lets every script ask for a while, and looks at what that cost the server.
async fn measured<S: Script>(server: &Server, scripts: Vec<S>) -> (Outcome, Vec<S>) {
    let before = server.processor_time();
    let (mut outcome, scripts) = load(&server.address, scripts, LENGTH).await;
    let calls = u32::try_from(outcome.calls).expect("they are few");
    let took = server.processor_time().saturating_sub(before);
    outcome.cost = took / calls.max(1);
    (outcome, scripts)
}

/// What everybody asks.
struct Call(String);

impl Script for Call {
    fn ask(&mut self) -> String {
        self.0.clone()
    }

    fn hear(&mut self, _head: &str) {}
}

async fn calls(server: &Server, token: &str) -> Outcome {
    let request = format!(
        "GET /api/auth/session HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n"
    );
    let calls = (0..CLIENTS).map(|_| Call(request.clone()));
    measured(server, calls.collect()).await.0
}

/// A browser that does nothing but refresh.
struct Tab {
    token: String,
    cookie: String,
}

impl Tab {
    async fn registers(address: &str, number: usize) -> Self {
        let body =
            format!(r#"{{"username":"bench-{number}","password":"correct zebra battery plum"}}"#);
        let request = format!(
            "POST /api/auth/register HTTP/1.1\r\nHost: bench\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let (head, body) = once(address, &request).await;
        let token = body.split(r#""access_token":""#).nth(1);
        let token = token.and_then(|rest| rest.split('"').next());
        let mut tab = Self {
            token: token.expect("it is signed in").to_owned(),
            cookie: String::new(),
        };
        tab.hear(&head);
        tab
    }
}

impl Script for Tab {
    fn ask(&mut self) -> String {
        let cookie = &self.cookie;
        format!(
            "POST /api/auth/refresh HTTP/1.1\r\nHost: bench\r\nSec-Fetch-Site: same-origin\r\n\
             X-CSRF: 1\r\nRefresh-Attempt: {cookie}\r\nCookie: {cookie}\r\n\
             Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
        )
    }

    fn hear(&mut self, head: &str) {
        let cookie = header(head, "set-cookie").and_then(|cookie| cookie.split(';').next());
        cookie.expect("it is answered").clone_into(&mut self.cookie);
    }
}

/// The clients must not take the server's time.
fn keep_to_the_other_core() {
    let own = std::process::id().to_string();
    let moved = Command::new("taskset")
        .args(["-a", "-p", "-c", "1", &own])
        .stdout(Stdio::null())
        .status();
    if moved.is_err() {
        eprintln!("no taskset here: clients and servers share all cores");
    }
}
