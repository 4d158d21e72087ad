//! One row a rule; `crates/model` shows that together they keep the invariants.

use super::*;

const WINDOWS: RefreshPolicy = RefreshPolicy {
    retry_window: Millis::from_secs(600),
    grace_period: Millis::from_secs(10),
    idle_timeout: Millis::from_secs(7 * 86_400),
};
const ROTATED: Millis = Millis::from_secs(1_000_000);
const ATTEMPT: AttemptKeyHash = [1; 32];
const OTHER: AttemptKeyHash = [2; 32];

fn session() -> Session {
    Session {
        generation: 7,
        rotated_at: ROTATED,
        attempt_key: Some(ATTEMPT),
        grace_reuses: 0,
        idle_expires_at: ROTATED + WINDOWS.idle_timeout,
        absolute_expires_at: ROTATED + Millis::from_secs(30 * 86_400),
        revoked: false,
        user_enabled: true,
    }
}

#[track_caller]
fn check(
    presented: u32,
    attempt: Option<&AttemptKeyHash>,
    seconds_after_rotation: u64,
    expected: Decision,
) {
    let now = ROTATED + Millis::from_secs(seconds_after_rotation);
    assert_eq!(
        decide(&session(), presented, attempt, now, &WINDOWS),
        expected
    );
}

#[test]
fn the_newest_token_rotates_with_any_attempt_key() {
    check(7, Some(&ATTEMPT), 900, Decision::Rotate);
    check(7, Some(&OTHER), 0, Decision::Rotate);
    check(7, None, 86_400, Decision::Rotate);
}

#[test]
fn a_lost_response_is_reissued_to_the_same_attempt_key() {
    check(
        6,
        Some(&ATTEMPT),
        11,
        Decision::Reissue(ReissueReason::IdempotentRetry),
    );
    check(
        6,
        Some(&ATTEMPT),
        600,
        Decision::Reissue(ReissueReason::IdempotentRetry),
    );
    check(6, Some(&ATTEMPT), 601, Decision::Revoke);
}

#[test]
fn another_tab_is_answered_within_the_grace_period_only() {
    check(
        6,
        Some(&OTHER),
        10,
        Decision::Reissue(ReissueReason::GracePeriod),
    );
    check(6, None, 10, Decision::Reissue(ReissueReason::GracePeriod));
    check(6, Some(&OTHER), 11, Decision::Revoke);
    check(6, None, 11, Decision::Revoke);
}

#[test]
fn two_missing_attempt_keys_are_not_equal() {
    let nameless = Session {
        attempt_key: None,
        ..session()
    };
    let later = ROTATED + Millis::from_secs(11);
    assert_eq!(
        decide(&nameless, 6, None, later, &WINDOWS),
        Decision::Revoke
    );
}

#[test]
fn grace_period_reuses_are_limited() {
    let worn = Session {
        grace_reuses: MAX_GRACE_REUSES,
        ..session()
    };
    let soon = ROTATED + Millis::from_secs(1);
    assert_eq!(
        decide(&worn, 6, Some(&OTHER), soon, &WINDOWS),
        Decision::Revoke
    );
    assert_eq!(
        decide(&worn, 6, Some(&ATTEMPT), soon, &WINDOWS),
        Decision::Reissue(ReissueReason::IdempotentRetry),
        "an own retry is no race"
    );
}

#[test]
fn an_older_token_revokes_the_session_even_with_the_attempt_key() {
    for presented in 0..=5 {
        check(presented, Some(&ATTEMPT), 0, Decision::Revoke);
    }
}

#[test]
fn a_generation_ahead_of_the_session_is_rejected_without_a_change() {
    for presented in [8, 9, u32::MAX] {
        check(
            presented,
            Some(&ATTEMPT),
            0,
            Decision::Reject(RejectReason::GenerationAhead),
        );
    }
}

#[test]
fn revocation_precedes_expiry_and_expiry_precedes_the_grace_periods() {
    let at_end = session().idle_expires_at;
    for presented in [5, 6, 7, 8] {
        check(
            presented,
            Some(&ATTEMPT),
            7 * 86_400,
            Decision::Reject(RejectReason::Expired),
        );
        let revoked = Session {
            revoked: true,
            user_enabled: false,
            ..session()
        };
        assert_eq!(
            decide(&revoked, presented, Some(&ATTEMPT), at_end, &WINDOWS),
            Decision::Reject(RejectReason::Revoked)
        );
        let disabled = Session {
            user_enabled: false,
            ..session()
        };
        assert_eq!(
            decide(&disabled, presented, Some(&ATTEMPT), at_end, &WINDOWS),
            Decision::Reject(RejectReason::Disabled)
        );
    }
}

#[test]
fn rotation_never_outlives_the_absolute_end() {
    let near_end = session().absolute_expires_at - Millis::from_secs(60);
    let next = rotated(&session(), Some(OTHER), near_end, &WINDOWS);
    assert_eq!(next.idle_expires_at, session().absolute_expires_at);
    assert_eq!(next.generation, 8);
    assert_eq!(next.attempt_key, Some(OTHER));
}

#[test]
fn a_clock_set_back_does_not_move_a_session_into_the_past() {
    let earlier = ROTATED - Millis::from_secs(600);
    let next = rotated(&session(), None, earlier, &WINDOWS);
    assert_eq!(next.rotated_at, ROTATED);
    assert_eq!(
        decide(&session(), 7, None, earlier, &WINDOWS),
        Decision::Rotate
    );
}

#[test]
fn a_session_created_in_the_far_future_is_rejected() {
    let start = session().rotated_at - MAX_CLOCK_SKEW;
    let just_before = start - Millis(1);
    for presented in [5, 6, 7, 8] {
        assert_eq!(
            decide(&session(), presented, Some(&ATTEMPT), just_before, &WINDOWS),
            Decision::Reject(RejectReason::FutureSession)
        );
    }
    assert_eq!(
        decide(&session(), 7, None, start, &WINDOWS),
        Decision::Rotate
    );
}

/// An access token ends on a whole second, so one of the session's last part of a second would be
/// over when it is issued.
#[test]
fn a_session_ends_on_a_whole_second() {
    let end = ROTATED + Millis::from_secs(60);
    let last = Session {
        absolute_expires_at: end + Millis(999),
        ..session()
    };
    assert_eq!(reject_reason(&last, end - Millis(1)), None);
    assert_eq!(reject_reason(&last, end), Some(RejectReason::Expired));
}
