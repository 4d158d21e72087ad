//! A PostgreSQL that is stopped, frozen, locked, read-only, or of another opinion about the time.

use crate::postgres::{Cluster, Durability, Scratch, programs};
use crate::program::api;
use crate::server::Server;
use crate::tab::{Tab, get};
use api::config::DatabaseUrl;
use api::db::{ConnectionTrait, Database};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use tempfile::TempDir;

/// A cluster of its own, because these stories hurt it, and a migrated database on it.
fn fresh() -> (&'static Cluster, Scratch) {
    assert!(programs().is_some(), "PostgreSQL's programs are installed");
    let cluster: &'static Cluster = Box::leak(Box::new(Cluster::start(Durability::Full)));
    let scratch = cluster.database();
    let elsewhere = TempDir::new().unwrap();
    let migrated = api(
        &elsewhere,
        &["migrate"],
        &[("DATABASE_URL", &scratch.url())],
    );
    assert!(migrated.status.success(), "{migrated:?}");
    (cluster, scratch)
}

/// I-15.
#[track_caller]
fn is_away(address: &str, alice: &mut Tab) {
    alice.refreshes(address).unwrap().is_away();
    alice.leaves(address).unwrap().is_away();
    let enters = alice.clone().enters(address, "login", "whatever it was");
    enters.unwrap().is_away();
    assert_eq!(get(address, "/readyz", "").unwrap().status, 503);
    goes_on(address, alice);
}

#[track_caller]
fn goes_on(address: &str, alice: &Tab) {
    assert_eq!(alice.calls(address).unwrap().status, 200);
    assert_eq!(get(address, "/healthz", "").unwrap().status, 200);
}

#[test]
fn a_database_that_is_stopped_is_an_outage_and_comes_back() {
    let (cluster, scratch) = fresh();
    let server = Server::on(&scratch.url(), &[]);
    let mut alice = Tab::registers(server.address(), "alice");
    cluster.control(&["stop", "-m", "immediate"]);
    is_away(server.address(), &mut alice);
    cluster.control(&["start", "-o", &cluster.settings()]);
    comes_back(server.address(), &mut alice);
}

/// Connections that died meanwhile are found out one by one.
fn comes_back(address: &str, alice: &mut Tab) {
    for _ in 0..40 {
        let answer = alice.refreshes(address).unwrap();
        if answer.status == 200 {
            return;
        }
        answer.is_away();
    }
    panic!("it stays away");
}

/// A server that is there and does not answer is the worst: nothing fails, everything waits.
#[test]
fn a_database_that_hangs_is_an_outage_within_bounded_time() {
    let (cluster, scratch) = fresh();
    let server = Server::on(&scratch.url(), &[]);
    let mut alice = Tab::registers(server.address(), "alice");
    let frozen = Frozen::all(family(cluster.pid()));
    alice.refreshes(server.address()).unwrap().is_away();
    goes_on(server.address(), &alice);
    drop(frozen);
    comes_back(server.address(), &mut alice);
}

/// Processes that do nothing until this is dropped.
struct Frozen(Vec<i32>);

impl Frozen {
    fn all(pids: Vec<i32>) -> Self {
        let frozen = Self(pids);
        frozen.hear(Signal::STOP);
        frozen
    }

    fn hear(&self, signal: Signal) {
        for &pid in &self.0 {
            // One that ended meanwhile needs no signal.
            let _ = kill_process(Pid::from_raw(pid).unwrap(), signal);
        }
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.hear(Signal::CONT);
    }
}

/// A process and its children.
fn family(parent: i32) -> Vec<i32> {
    let is_child = |pid: &i32| {
        let about = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The parent follows the state, which follows the name in brackets (proc(5)).
        let rest = about.rsplit_once(") ").map(|(_, rest)| rest);
        let of = rest.and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
        of == Some(parent)
    };
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    [parent].into_iter().chain(pids.filter(is_child)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_table_is_an_outage_and_nothing_else() {
    let (_, scratch) = fresh();
    let server = Server::on(&scratch.url(), &[]);
    let mut alice = Tab::registers(server.address(), "alice");
    let db = DatabaseUrl::parse(&scratch.url()).unwrap();
    let db = Database::open(&db).await.unwrap();
    let lock = db.begin().await.unwrap();
    let locked = lock.execute_unprepared("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE");
    locked.await.unwrap();
    alice.refreshes(server.address()).unwrap().is_away();
    alice.leaves(server.address()).unwrap().is_away();
    goes_on(server.address(), &alice);
    lock.rollback().await.unwrap();
    alice.lives(server.address());
}

#[test]
fn a_read_only_database_is_an_outage_and_nothing_else() {
    let (cluster, scratch) = fresh();
    // By psql, for a pool may need a new connection, which a read-only server refuses to one that
    // wants to write.
    let sets = |statement| {
        let writable = "SET default_transaction_read_only = off";
        let commands = [
            "-c",
            writable,
            "-c",
            statement,
            "-c",
            "SELECT pg_reload_conf()",
        ];
        cluster.runs("psql", &commands);
    };
    let server = Server::on(&scratch.url(), &[]);
    let mut alice = Tab::registers(server.address(), "alice");
    sets("ALTER SYSTEM SET default_transaction_read_only = on");
    // The server reads its settings when it comes to it.
    let refused = (0..200).find_map(|_| {
        let answer = alice.refreshes(server.address()).unwrap();
        (answer.status != 200).then_some(answer)
    });
    refused.unwrap().is_away();
    alice.leaves(server.address()).unwrap().is_away();
    goes_on(server.address(), &alice);
    sets("ALTER SYSTEM RESET default_transaction_read_only");
    comes_back(server.address(), &mut alice);
}
