//! People who sign in, and what others feel of it.

use super::{Found, Plan};
use crate::client::{Outcome, Script, load, once};
use crate::probe;
use crate::ready::CORE;
use crate::scripts::{Call, Person, Tab, measured, names_itself};
use crate::server::Server;
use std::thread::JoinHandle;
use std::time::Duration;

/// As many sign in at once, again and again.
const FEW: usize = 8;
const CROWD: usize = 200;
/// As many lengths of a round a server is left alone until it has given back what its hashes held.
const REST: u32 = 24;
const MIB: f64 = 1_048_576.0;

/// Sign-ins a second on one core, ours and theirs in turn.
pub async fn measure(plan: &Plan, found: &mut Found) {
    let mut places = vec![("ours", Server::api_with(Some(CORE), &[]))];
    if let Some(script) = plan.peer("express.mjs") {
        places.push(("express", Server::peer(&script, "object")));
    }
    for (_, server) in &places {
        register(server, FEW).await;
    }
    for round in 0..=plan.rounds {
        for (name, server) in &places {
            let people = (0..FEW).map(Person).collect();
            let (outcome, _) = measured(server, people, plan.length).await;
            found.add_outcome((round, &format!("sign-in {name}")), &outcome);
        }
    }
}

/// How long a call takes while nobody signs in and while a crowd does, and the memory then.
pub async fn crowd(plan: &Plan, found: &mut Found) {
    let server = Server::api_with(None, &[]);
    register(&server, CROWD).await;
    let token = Tab::registers(&server.address, CROWD).await.token;
    let credential = format!("Authorization: Bearer {token}");
    let request = Call::many("/api/auth/session", &credential, 1).remove(0).0;
    let length = 2 * plan.length;
    for _ in 0..plan.rounds {
        let idle = probe::p99(&server, &request, length).await;
        let crowd = come(server.address.clone(), length);
        let felt = probe::p99(&server, &request, length).await;
        let came = crowd.join().expect("it does not panic");
        for (name, time) in [("call while idle", idle), ("call in a crowd", felt)] {
            found.add(&format!("{name} p99 µs"), time.as_secs_f64() * 1e6);
        }
        let signed_in = came.calls.saturating_sub(came.refused);
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        found.add(
            "crowd signed in /s",
            count(signed_in) / length.as_secs_f64(),
        );
        found.add(
            "crowd told to wait /s",
            count(came.refused) / length.as_secs_f64(),
        );
        for (name, line) in [
            ("crowd memory at most MiB", "VmHWM"),
            ("crowd memory of its own MiB", "RssAnon"),
        ] {
            if let Some(bytes) = server.memory(line) {
                found.add(name, bytes / MIB);
            }
        }
    }
    // What it holds without their hashes: as many others call it, as soon as it gave back what those held.
    tokio::time::sleep(REST * plan.length).await;
    server.forget_most();
    let callers = Call::many("/api/auth/session", &credential, CROWD);
    load(&server.address, callers, length).await;
    if let Some(bytes) = server.memory("VmHWM") {
        found.add("called memory at most MiB", bytes / MIB);
    }
}

async fn register(server: &Server, people: usize) {
    for number in 0..people {
        let (head, _) = once(&server.address, &names_itself("register", number)).await;
        assert!(head.starts_with("HTTP/1.1 201 "), "{head}");
    }
}

/// Lets a crowd sign in, on a thread of its own.
fn come(address: String, length: Duration) -> JoinHandle<Outcome> {
    std::thread::spawn(move || {
        give_way();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let people = (0..CROWD).map(|number| Crowded(Person(number))).collect();
        let came = load(&address, people, length);
        runtime.expect("there are threads").block_on(came).0
    })
}

/// Lets this thread have what nobody else wants: on machines of their own, as people are, a crowd would take nothing
/// from the server and from who calls. Where that cannot be, all take turns.
fn give_way() {
    #[cfg(target_os = "linux")]
    {
        use thread_priority::{ThreadPriority, unix};
        let last = unix::ThreadSchedulePolicy::Normal(unix::NormalThreadSchedulePolicy::Idle);
        let own = unix::thread_native_id();
        let _ = unix::set_thread_priority_and_policy(own, ThreadPriority::Min, last);
    }
}

/// One of a crowd: who is told to wait does.
struct Crowded(Person);

impl Script for Crowded {
    fn ask(&mut self) -> String {
        self.0.ask()
    }

    fn hear(&mut self, _head: &str) {}

    fn waits(&self, head: &str) -> Option<Duration> {
        (!head.starts_with("HTTP/1.1 200 ")).then_some(Duration::from_secs(1))
    }
}
