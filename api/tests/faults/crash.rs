//! The points at which a process can die, one by one, and what the next process makes of it.

use crate::constants::PASSWORD;
use crate::place::Place;
use crate::program::api;
use crate::server::Server;
use crate::tab::Tab;
use api::auth::token::refresh_token::UnverifiedToken;
use rustix::process::{Signal, kill_process};
use tempfile::TempDir;

const PASSWORD_AFTER: &str = "seven quiet harbour lamps";

/// A database with today's schema.
pub fn fresh() -> Place {
    let place = Place::fresh();
    let folder = TempDir::new().unwrap();
    let url = place.url();
    let migrated = api(&folder, &["migrate"], &[("DATABASE_URL", &url)]);
    assert!(migrated.status.success(), "{migrated:?}");
    place
}

/// A server that dies at that point.
fn mortal(place: &Place, point: &str) -> Server {
    Server::on(&place.url(), &[("FAILPOINT", point)])
}

fn immortal(place: &Place) -> Server {
    Server::on(&place.url(), &[])
}

/// It died where it was told to, and not of anything else.
#[track_caller]
fn died(server: Server) {
    let (status, log) = server.ends();
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    assert_eq!(signal, Some(6), "{log}");
}

fn generation(tab: &Tab) -> u32 {
    UnverifiedToken::parse(&tab.cookie).unwrap().generation()
}

#[test]
fn a_refresh_that_died_before_its_commit_rotates_normally_the_next_time() {
    let place = fresh();
    let server = mortal(&place, "refresh: before the commit");
    let mut alice = Tab::registers(server.address(), "alice");
    assert!(alice.refreshes(server.address()).is_none());
    died(server);
    let server = immortal(&place);
    alice.lives(server.address());
    assert_eq!(generation(&alice), 1);
}

/// I-16.
#[test]
fn a_refresh_that_died_before_its_answer_gives_the_same_successor_again() {
    let place = fresh();
    let server = mortal(&place, "refresh: after the commit");
    let mut alice = Tab::registers(server.address(), "alice");
    assert!(alice.refreshes(server.address()).is_none());
    died(server);
    let server = immortal(&place);
    let mut twin = alice.clone();
    alice.lives(server.address());
    twin.lives(server.address());
    assert_eq!(alice.cookie, twin.cookie, "the same successor");
    assert_eq!(generation(&alice), 1, "one rotation");
    alice.lives(server.address());
    assert_eq!(generation(&alice), 2, "and on from there");
}

#[test]
fn a_sign_out_that_died_before_its_commit_has_told_nobody_and_works_again() {
    let place = fresh();
    let server = mortal(&place, "end: before the commit");
    let mut alice = Tab::registers(server.address(), "alice");
    assert!(alice.leaves(server.address()).is_none());
    died(server);
    let server = immortal(&place);
    alice.lives(server.address());
    assert_eq!(alice.leaves(server.address()).unwrap().status, 204);
    alice.is_over(server.address());
}

/// I-04.
#[test]
fn a_sign_out_that_died_after_its_commit_holds_on_the_next_process() {
    let place = fresh();
    let server = mortal(&place, "end: after the commit");
    let mut alice = Tab::registers(server.address(), "alice");
    assert!(alice.leaves(server.address()).is_none());
    died(server);
    let server = immortal(&place);
    alice.is_over(server.address());
    assert_eq!(alice.leaves(server.address()).unwrap().status, 204);
}

/// A tab whose spent token a thief holds.
fn robbed(address: &str) -> (Tab, Tab) {
    let mut alice = Tab::registers(address, "alice");
    let thief = alice.clone();
    // Two generations on, no window covers what the thief holds.
    alice.lives(address);
    alice.lives(address);
    (alice, thief)
}

#[test]
fn a_reuse_whose_end_was_not_committed_is_seen_at_the_next_replay() {
    let place = fresh();
    let server = mortal(&place, "end: before the commit");
    let (mut alice, mut thief) = robbed(server.address());
    assert!(thief.refreshes(server.address()).is_none());
    died(server);
    let server = immortal(&place);
    let refused = thief.refreshes(server.address()).unwrap();
    refused.refused_as(401, "refresh_reused");
    alice.is_over(server.address());
}

/// I-08.
#[test]
fn a_reuse_that_was_answered_is_durable() {
    let place = fresh();
    let server = immortal(&place);
    let (mut alice, mut thief) = robbed(server.address());
    let refused = thief.refreshes(server.address()).unwrap();
    kill_process(server.pid(), Signal::KILL).unwrap();
    refused.refused_as(401, "refresh_reused");
    drop(server);
    let server = immortal(&place);
    alice.is_over(server.address());
    thief.is_over(server.address());
}

/// I-12.
#[test]
fn a_password_change_that_died_before_its_commit_changed_nothing() {
    let place = fresh();
    let server = mortal(&place, "password: before the commit");
    let mut alice = Tab::registers(server.address(), "alice");
    let changed = alice.changes_password(server.address(), PASSWORD_AFTER);
    assert!(changed.is_none());
    died(server);
    let server = immortal(&place);
    alice.lives(server.address());
    let enters = |password| {
        let answer = alice.clone().enters(server.address(), "login", password);
        answer.unwrap().status
    };
    assert_eq!([PASSWORD, PASSWORD_AFTER].map(enters), [200, 401]);
}

/// I-12.
#[test]
fn a_password_change_that_died_after_its_commit_changed_everything() {
    let place = fresh();
    let server = mortal(&place, "password: after the commit");
    let mut alice = Tab::registers(server.address(), "alice");
    let changed = alice.changes_password(server.address(), PASSWORD_AFTER);
    assert!(changed.is_none());
    died(server);
    let server = immortal(&place);
    alice.is_over(server.address());
    let enters = |password| {
        let answer = alice.clone().enters(server.address(), "login", password);
        answer.unwrap().status
    };
    assert_eq!([PASSWORD, PASSWORD_AFTER].map(enters), [401, 200]);
}
