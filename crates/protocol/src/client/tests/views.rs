//! What calls and the interface read from a machine, and how its timers spread.

use super::{FLYING, FRESH, NOW, OVER, REJECTED, RESTED, RETRYING, STALE, TTL};
use super::{Tab, live, out, waiting};
use crate::Millis;
use crate::client::grant::{backoff, spread};
use crate::client::{BACKOFF_MAX, Effort, Gate, Grant, Jitter, Life, Phase};

#[track_caller]
fn check(tab: Tab, gate: Gate, phase: Phase) {
    assert_eq!((tab.gate(NOW), tab.phase(NOW)), (gate, phase));
}

#[test]
fn nobody_signed_in_is_told_so() {
    check(out(None, None), Gate::SignedOut, Phase::SignedOut);
    check(
        out(Some(1), Some(RETRYING)),
        Gate::SignedOut,
        Phase::SignedOut,
    );
}

#[test]
fn a_loading_page_restores_until_the_first_failure() {
    let until = NOW + Millis(1);
    check(live(None, Effort::Looking), Gate::Park, Phase::Restoring);
    check(
        live(None, Effort::Asking { until }),
        Gate::Park,
        Phase::Restoring,
    );
    check(live(None, FLYING), Gate::Park, Phase::Restoring);
    check(live(None, RETRYING), Gate::Park, Phase::Offline);
    check(live(None, waiting(false)), Gate::Busy, Phase::Offline);
    check(live(None, RESTED), Gate::Park, Phase::Offline);
}

#[test]
fn a_good_token_opens_the_gate_whatever_is_being_done() {
    check(
        live(Some(FRESH), Effort::Idle),
        Gate::Go(3),
        Phase::SignedIn,
    );
    check(live(Some(STALE), FLYING), Gate::Go(3), Phase::Refreshing);
    check(live(Some(STALE), RETRYING), Gate::Go(3), Phase::SignedIn);
    check(
        live(Some(STALE), waiting(true)),
        Gate::Go(3),
        Phase::SignedIn,
    );
}

#[test]
fn without_a_good_token_calls_wait_or_fail() {
    check(live(Some(OVER), Effort::Idle), Gate::Park, Phase::SignedIn);
    check(live(Some(OVER), FLYING), Gate::Park, Phase::Refreshing);
    check(live(Some(OVER), RETRYING), Gate::Park, Phase::Offline);
    check(live(Some(OVER), waiting(true)), Gate::Busy, Phase::Offline);
    check(live(Some(OVER), RESTED), Gate::Park, Phase::Offline);
}

#[test]
fn a_rejection_is_shown_until_a_try_succeeds_and_only_without_a_good_token() {
    let rested = Effort::Waiting {
        failures: 1,
        rejected: true,
        retry_at: NOW + Millis(1),
        asked: false,
    };
    for grant in [None, Some(OVER)] {
        check(live(grant, REJECTED), Gate::Park, Phase::Rejected);
        check(live(grant, rested), Gate::Busy, Phase::Rejected);
    }
    check(live(Some(STALE), rested), Gate::Go(3), Phase::SignedIn);
}

/// Seen in mozilla/fxa-oauth-server#370 (`herd_is_jittered`).
#[test]
fn the_early_refresh_lies_between_seven_and_eight_tenths_of_a_life() {
    let at = |jitter| Grant::new(1, NOW, Life { ttl: TTL, jitter }).refresh_at - NOW;
    assert_eq!(at(0), Millis::from_secs(720));
    assert_eq!(at(Jitter::MAX), Millis::from_secs(630));
}

#[test]
fn the_wait_doubles_up_to_its_limit_and_is_spread_over_its_upper_half() {
    for (failures, seconds) in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (255, 60)] {
        let longest = backoff(failures, NOW, 0) - NOW;
        let shortest = backoff(failures, NOW, Jitter::MAX) - NOW;
        assert_eq!(longest, Millis::from_secs(seconds), "{failures} failures");
        assert_eq!(shortest.0 * 2, longest.0, "{failures} failures");
        assert!(longest <= BACKOFF_MAX);
    }
}

#[test]
fn a_spread_stays_in_its_range() {
    assert_eq!(spread(Millis(100), 0), Millis(0));
    assert_eq!(spread(Millis(100), Jitter::MAX), Millis(100));
}
