//! One row a rule; `crates/model` shows that together they keep the invariants.

use super::*;

const WINDOWS: Windows = Windows {
    retry: Millis::from_secs(600),
    race: Millis::from_secs(10),
    idle: Millis::from_secs(7 * 86_400),
};
const ROTATED: Millis = Millis::from_secs(1_000_000);
const ATTEMPT: AttemptHash = [1; 32];
const OTHER: AttemptHash = [2; 32];

fn session() -> Session {
    Session {
        generation: 7,
        rotated_at: ROTATED,
        attempt: Some(ATTEMPT),
        race_uses: 0,
        idle_expires_at: ROTATED + WINDOWS.idle,
        absolute_expires_at: ROTATED + Millis::from_secs(30 * 86_400),
        revoked: false,
        user_enabled: true,
    }
}

#[track_caller]
fn check(
    presented: u32,
    attempt: Option<&AttemptHash>,
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
fn the_newest_token_rotates_whatever_the_attempt() {
    check(7, Some(&ATTEMPT), 900, Decision::Rotate);
    check(7, Some(&OTHER), 0, Decision::Rotate);
    check(7, None, 86_400, Decision::Rotate);
}

#[test]
fn a_lost_answer_is_repeated_to_the_attempt_that_lost_it() {
    check(6, Some(&ATTEMPT), 11, Decision::Repeat(Repeat::Retry));
    check(6, Some(&ATTEMPT), 600, Decision::Repeat(Repeat::Retry));
    check(6, Some(&ATTEMPT), 601, Decision::End);
}

#[test]
fn another_tab_is_answered_for_a_moment_only() {
    check(6, Some(&OTHER), 10, Decision::Repeat(Repeat::Race));
    check(6, None, 10, Decision::Repeat(Repeat::Race));
    check(6, Some(&OTHER), 11, Decision::End);
    check(6, None, 11, Decision::End);
}

#[test]
fn no_attempt_never_equals_no_attempt() {
    let nameless = Session {
        attempt: None,
        ..session()
    };
    let later = ROTATED + Millis::from_secs(11);
    assert_eq!(decide(&nameless, 6, None, later, &WINDOWS), Decision::End);
}

#[test]
fn races_are_counted() {
    let worn = Session {
        race_uses: RACE_USES_MAX,
        ..session()
    };
    let soon = ROTATED + Millis::from_secs(1);
    assert_eq!(
        decide(&worn, 6, Some(&OTHER), soon, &WINDOWS),
        Decision::End
    );
    assert_eq!(
        decide(&worn, 6, Some(&ATTEMPT), soon, &WINDOWS),
        Decision::Repeat(Repeat::Retry),
        "an own retry is no race"
    );
}

#[test]
fn an_older_token_ends_the_session_even_with_the_attempt_key() {
    for presented in 0..=5 {
        check(presented, Some(&ATTEMPT), 0, Decision::End);
    }
}

#[test]
fn a_token_from_the_future_changes_nothing() {
    for presented in [8, 9, u32::MAX] {
        check(
            presented,
            Some(&ATTEMPT),
            0,
            Decision::Refuse(Refusal::FromTheFuture),
        );
    }
}

#[test]
fn revocation_beats_expiry_and_expiry_beats_the_windows() {
    let at_end = session().idle_expires_at;
    for presented in [5, 6, 7, 8] {
        check(
            presented,
            Some(&ATTEMPT),
            7 * 86_400,
            Decision::Refuse(Refusal::Expired),
        );
        let revoked = Session {
            revoked: true,
            user_enabled: false,
            ..session()
        };
        assert_eq!(
            decide(&revoked, presented, Some(&ATTEMPT), at_end, &WINDOWS),
            Decision::Refuse(Refusal::Revoked)
        );
        let disabled = Session {
            user_enabled: false,
            ..session()
        };
        assert_eq!(
            decide(&disabled, presented, Some(&ATTEMPT), at_end, &WINDOWS),
            Decision::Refuse(Refusal::Disabled)
        );
    }
}

#[test]
fn rotation_never_outlives_the_absolute_end() {
    let near_end = session().absolute_expires_at - Millis::from_secs(60);
    let next = rotated(&session(), Some(OTHER), near_end, &WINDOWS);
    assert_eq!(next.idle_expires_at, session().absolute_expires_at);
    assert_eq!(next.generation, 8);
    assert_eq!(next.attempt, Some(OTHER));
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
fn a_session_of_the_far_future_is_refused_whatever_is_presented() {
    let start = session().rotated_at - SKEW_MAX;
    let just_before = start - Millis(1);
    for presented in [5, 6, 7, 8] {
        assert_eq!(
            decide(&session(), presented, Some(&ATTEMPT), just_before, &WINDOWS),
            Decision::Refuse(Refusal::FutureSession)
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
    assert_eq!(over(&last, end - Millis(1)), None);
    assert_eq!(over(&last, end), Some(Refusal::Expired));
}
