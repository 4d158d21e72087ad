//! What calls and the interface read from a machine, and how its timers spread.

use super::{DUE, EXPIRED, FRESH, IN_FLIGHT, NOW, REJECTED, RETRYING, STALE, TTL};
use super::{Tab, active, backing_off, out};
use crate::Millis;
use crate::client::grant::{apply_jitter, backoff};
use crate::client::{AccessGrant, BACKOFF_MAX, Gate, Jitter, Phase, RequestStatus, TokenLifetime};

#[track_caller]
fn check(tab: Tab, gate: Gate, phase: Phase) {
    assert_eq!((tab.gate(NOW), tab.phase(NOW)), (gate, phase));
}

#[test]
fn without_a_session_calls_and_interface_see_signed_out() {
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
    check(
        active(None, RequestStatus::ProbingSiblings),
        Gate::Wait,
        Phase::Restoring,
    );
    check(
        active(None, RequestStatus::AwaitingSibling { until }),
        Gate::Wait,
        Phase::Restoring,
    );
    check(active(None, IN_FLIGHT), Gate::Wait, Phase::Restoring);
    check(active(None, RETRYING), Gate::Wait, Phase::Offline);
    check(
        active(None, backing_off(false)),
        Gate::Unavailable,
        Phase::Offline,
    );
    check(active(None, DUE), Gate::Wait, Phase::Offline);
}

#[test]
fn a_valid_token_lets_calls_proceed_whatever_the_request_status() {
    check(
        active(Some(FRESH), RequestStatus::Idle),
        Gate::Proceed(3),
        Phase::SignedIn,
    );
    check(
        active(Some(STALE), IN_FLIGHT),
        Gate::Proceed(3),
        Phase::Refreshing,
    );
    check(
        active(Some(STALE), RETRYING),
        Gate::Proceed(3),
        Phase::SignedIn,
    );
    check(
        active(Some(STALE), backing_off(true)),
        Gate::Proceed(3),
        Phase::SignedIn,
    );
}

#[test]
fn without_a_good_token_calls_wait_or_fail() {
    check(
        active(Some(EXPIRED), RequestStatus::Idle),
        Gate::Wait,
        Phase::SignedIn,
    );
    check(
        active(Some(EXPIRED), IN_FLIGHT),
        Gate::Wait,
        Phase::Refreshing,
    );
    check(active(Some(EXPIRED), RETRYING), Gate::Wait, Phase::Offline);
    check(
        active(Some(EXPIRED), backing_off(true)),
        Gate::Unavailable,
        Phase::Offline,
    );
    check(active(Some(EXPIRED), DUE), Gate::Wait, Phase::Offline);
}

#[test]
fn a_rejection_is_shown_until_a_try_succeeds_and_only_without_a_good_token() {
    let rested = RequestStatus::Backoff {
        failures: 1,
        rejected: true,
        retry_at: NOW + Millis(1),
        server_requested: false,
    };
    for grant in [None, Some(EXPIRED)] {
        check(active(grant, REJECTED), Gate::Wait, Phase::Rejected);
        check(active(grant, rested), Gate::Unavailable, Phase::Rejected);
    }
    check(
        active(Some(STALE), rested),
        Gate::Proceed(3),
        Phase::SignedIn,
    );
}

/// Seen in mozilla/fxa-oauth-server#370 (`herd_is_jittered`).
#[test]
fn the_early_refresh_lies_between_0_7_and_0_8_of_the_token_lifetime() {
    let at = |jitter| AccessGrant::new(1, NOW, TokenLifetime { ttl: TTL, jitter }).refresh_at - NOW;
    assert_eq!(at(0), Millis::from_secs(720));
    assert_eq!(at(Jitter::MAX), Millis::from_secs(630));
}

#[test]
fn the_backoff_doubles_up_to_its_limit_with_jitter_over_its_upper_half() {
    for (failures, seconds) in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (255, 60)] {
        let longest = backoff(failures, NOW, 0) - NOW;
        let shortest = backoff(failures, NOW, Jitter::MAX) - NOW;
        assert_eq!(longest, Millis::from_secs(seconds), "{failures} failures");
        assert_eq!(shortest.0 * 2, longest.0, "{failures} failures");
        assert!(longest <= BACKOFF_MAX);
    }
}

#[test]
fn jitter_stays_in_its_range() {
    assert_eq!(apply_jitter(Millis(100), 0), Millis(0));
    assert_eq!(apply_jitter(Millis(100), Jitter::MAX), Millis(100));
}
