//! An SQLite file that is locked, full, read-only, or older than what people hold.

use crate::place::Place;
use crate::program::api;
use crate::server::Server;
use crate::tab::{Tab, get};
use api::config::DatabaseUrl;
use api::db::{ConnectionTrait, Database};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A migrated file, whatever the rest of the tests run on.
fn fresh() -> (Place, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("test.db");
    let place = Place::File(folder);
    let elsewhere = TempDir::new().unwrap();
    let migrated = api(&elsewhere, &["migrate"], &[("DATABASE_URL", &place.url())]);
    assert!(migrated.status.success(), "{migrated:?}");
    (place, file)
}

/// I-15: what needs the database is away, what does not goes on, and nobody is signed out.
#[track_caller]
fn is_away(address: &str, alice: &mut Tab) {
    alice.refreshes(address).unwrap().is_away();
    alice.leaves(address).unwrap().is_away();
    let enters = alice.clone().enters(address, "login", "whatever it was");
    enters.unwrap().is_away();
    goes_on(address, alice);
}

#[track_caller]
fn goes_on(address: &str, alice: &Tab) {
    assert_eq!(alice.calls(address).unwrap().status, 200);
    assert_eq!(get(address, "/healthz", "").unwrap().status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_file_is_an_outage_and_nothing_else() {
    let (place, _) = fresh();
    let server = Server::on(&place.url(), &[]);
    let mut alice = Tab::registers(server.address(), "alice");
    let db = DatabaseUrl::parse(&place.url()).unwrap();
    let db = Database::connect(&db).await.unwrap();
    let does = async |statement| {
        let done = db.connection().execute_unprepared(statement).await;
        done.unwrap();
    };
    does("BEGIN EXCLUSIVE").await;
    is_away(server.address(), &mut alice);
    does("ROLLBACK").await;
    alice.lives(server.address());
}

#[test]
fn a_full_disk_is_an_outage_and_nothing_else() {
    let (place, _) = fresh();
    // 512 blocks of 1 KiB; without the trap the system would end the process instead.
    let limited = "trap '' XFSZ; ulimit -f 512; exec \"$0\" \"$@\"";
    let server = Server::under(&["/bin/bash", "-c", limited], &place.url());
    let mut alice = Tab::registers(server.address(), "alice");
    let mut refreshed = 0;
    let full = loop {
        let answer = alice.refreshes(server.address()).unwrap();
        if answer.status != 200 {
            break answer;
        }
        refreshed += 1;
        assert!(refreshed < 2_000, "the file grows with every refresh");
    };
    full.is_away();
    is_away(server.address(), &mut alice);
    drop(server);
    let server = Server::on(&place.url(), &[]);
    alice.lives(server.address());
}

#[test]
fn a_read_only_file_is_an_outage_and_nothing_else() {
    let (place, file) = fresh();
    let server = Server::on(&place.url(), &[]);
    let mut alice = Tab::registers(server.address(), "alice");
    let log = file.with_extension("db-wal");
    assert!(
        rustix::process::geteuid().is_root(),
        "only root can make an open file read-only"
    );
    assert!(chattr("+i", &[&file, &log]), "the file system can say it");
    is_away(server.address(), &mut alice);
    assert!(chattr("-i", &[&file, &log]));
    alice.lives(server.address());
}

fn chattr(flag: &str, files: &[&PathBuf]) -> bool {
    let status = Command::new("chattr").arg(flag).args(files).status();
    status.is_ok_and(|status| status.success())
}

/// Rule 7: what is newer than the database is not accepted, ends nothing, and is told loudly.
#[test]
fn a_token_newer_than_the_database_is_refused_and_told_loudly() {
    let (place, file) = fresh();
    let server = Server::on(&place.url(), &[]);
    let mut alice = Tab::registers(server.address(), "alice");
    let mut bob = Tab::registers(server.address(), "bob");
    server.is_asked_to_stop();
    assert!(server.ends().0.success());
    let backup = file.with_extension("backup");
    fs::copy(&file, &backup).unwrap();

    let server = Server::on(&place.url(), &[]);
    alice.lives(server.address());
    server.is_asked_to_stop();
    assert!(server.ends().0.success());
    fs::copy(&backup, &file).unwrap();

    let server = Server::on(&place.url(), &[]);
    let refused = alice.refreshes(server.address()).unwrap();
    refused.refused_as(401, "refresh_invalid");
    bob.lives(server.address());
    server.is_asked_to_stop();
    let (_, log) = server.ends();
    assert!(log.contains("was the database restored?"), "{log}");
}
