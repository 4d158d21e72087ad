//! What the protocol does not promise. Each of these shows a run that ends badly, so that nobody
//! believes the proof to say more than it does; `docs/protocol-proof.md` tells what it would take.

use model::{Config, Durations, Fault, Invariant, configurations, shortest_breach};

#[track_caller]
fn breaks(config: &Config, invariant: Invariant, steps: usize) {
    let way = shortest_breach(config, invariant);
    assert_eq!(way.as_ref().map(Vec::len), Some(steps), "{way:?}");
}

/// A page is reloaded; its first request is still on its way when the second one's token is spent
/// too. To the server that is a token two generations old.
#[test]
fn a_request_that_two_rotations_overtake_ends_the_session() {
    let config = Config {
        stragglers: true,
        ..configurations::named("three tabs restored at once")
    };
    breaks(&config, Invariant::HonestStaysSignedIn, 8);
}

/// An answer is lost, and its repeat comes after the retry window: by then it looks like a copy.
#[test]
fn a_lost_answer_repeated_after_the_retry_window_ends_the_session() {
    let config = configurations::named("two tabs, two reloads, a lost answer");
    let config = Config {
        trouble: Fault {
            losses: 2,
            ..config.trouble
        },
        lengths: Durations {
            retry: 2,
            ..config.lengths
        },
        ..config
    };
    breaks(&config, Invariant::HonestStaysSignedIn, 14);
}

/// Tabs that make an attempt key in the same instant have the race window, and no longer.
#[test]
fn a_lost_answer_under_a_raced_key_can_end_the_session() {
    let config = configurations::named("two tabs race for the attempt key");
    let config = Config {
        trouble: Fault {
            losses: 1,
            ..config.trouble
        },
        ..config
    };
    breaks(&config, Invariant::HonestStaysSignedIn, 11);
}

/// A sign-out waits behind a slow refresh; meanwhile somebody else signs in next to it. The cookie
/// is theirs now, so the sign-out is dropped, and the session that nobody holds lives on.
#[test]
fn a_sign_out_that_a_sign_in_overtakes_is_not_heard() {
    let config = Config {
        sign_in_ends_the_last: false,
        ..configurations::named("a sign-out, and another person signs in")
    };
    breaks(&config, Invariant::SignOutIsHeard, 5);
}

/// The answer to one person's sign-out arrives after the next person's cookie, and clears it.
#[test]
fn a_cookie_that_arrives_after_a_newer_one_replaces_it() {
    let config = Config {
        stragglers: true,
        ..configurations::named("a sign-out, and another person signs in")
    };
    breaks(&config, Invariant::TabsAgreeAtRest, 3);
}
