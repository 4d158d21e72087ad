//! Each configuration holds every invariant, to its end.

use model::{configurations, explore};
use std::io::Write;

#[track_caller]
fn holds(name: &str) {
    let config = configurations::named(name);
    let report = explore(&config);
    writeln!(std::io::stderr(), "{report}").expect("BUG: stderr is open");
    assert!(report.breaches.is_empty(), "{}", report.story(&config));
    assert!(
        report.states > 1000,
        "a world of {} states shows nothing",
        report.states
    );
}

#[test]
fn two_tabs_two_reloads_a_lost_answer() {
    holds("two tabs, two reloads, a lost answer");
}

#[test]
fn three_tabs_restored_at_once() {
    holds("three tabs restored at once");
}

#[test]
fn two_tabs_race_for_the_attempt_key() {
    holds("two tabs race for the attempt key");
}

#[test]
fn calls_of_two_tabs_while_the_access_token_runs_out() {
    holds("calls of two tabs while the access token runs out");
}

#[test]
fn a_server_that_rejects_requests_for_a_while() {
    holds("a server that rejects requests for a while");
}

#[test]
fn a_sign_in_over_a_rejected_session() {
    holds("a sign-in over a rejected session");
}

#[test]
fn a_crash_between_reading_and_answering() {
    holds("a crash between reading and answering");
}

#[test]
fn two_lost_answers_in_a_row_and_a_phone_that_sleeps() {
    holds("two lost answers in a row, and a phone that sleeps");
}

#[test]
fn requests_delivered_twice_and_forged_ones() {
    holds("requests delivered twice, and forged ones");
}

#[test]
fn a_frozen_tab_misses_what_its_siblings_tell() {
    holds("a frozen tab misses what its siblings tell");
}

#[test]
fn a_sign_out_in_bad_weather() {
    holds("a sign-out in bad weather");
}

#[test]
fn a_sign_out_and_another_person_signs_in() {
    holds("a sign-out, and another person signs in");
}

#[test]
fn a_sign_out_on_one_of_two_nodes_calls_on_both() {
    holds("a sign-out on one of two nodes, calls on both");
}

#[test]
fn a_sign_out_while_a_refresh_is_under_way() {
    holds("a sign-out while a refresh is under way");
}

#[test]
fn a_thief_with_a_copy_of_the_cookie() {
    holds("a thief with a copy of the cookie");
}

#[test]
fn a_session_that_expires_between_reading_and_writing() {
    holds("a session that expires between reading and writing");
}

#[test]
fn a_key_is_taken_away_and_somebody_signs_in_again() {
    holds("a key is taken away, and somebody signs in again");
}

#[test]
fn a_person_is_disabled() {
    holds("a person is disabled");
}

#[test]
fn a_node_whose_clock_is_behind() {
    holds("a node whose clock is behind");
}

#[test]
fn every_configuration_has_its_test() {
    let tests = include_str!("proof.rs");
    for config in configurations::ordinary() {
        let call = format!("holds(\"{}\")", config.name);
        assert!(tests.contains(&call), "no test explores {:?}", config.name);
    }
}

#[test]
fn every_rule_of_the_server_is_used() {
    for (name, rule) in [
        ("a thief with a copy of the cookie", "rotates"),
        (
            "two tabs, two reloads, a lost answer",
            "repeats a lost answer",
        ),
        (
            "two tabs race for the attempt key",
            "repeats for another tab",
        ),
        ("a thief with a copy of the cookie", "ends for reuse"),
    ] {
        let report = explore(&configurations::named(name));
        assert!(report.reached.contains_key(rule), "{name} never {rule}");
    }
}
