//! Rules of the server.

use crate::caught;
use model::{Invariant, Mutant};

#[test]
fn a_rotation_without_compare_and_swap() {
    caught(
        Mutant::ReadThenWrite,
        "two tabs race for the attempt key",
        (Invariant::ExactlyOneSwaps, 4),
    );
}

#[test]
fn a_row_saved_as_it_was_read() {
    caught(
        Mutant::SavesTheWholeRow,
        "a frozen tab misses what its siblings tell",
        (Invariant::RevokedYieldsNothing, 4),
    );
}

#[test]
fn a_swap_that_does_not_ask_whether_the_session_lives() {
    caught(
        Mutant::SwapForgetsRevocation,
        "a frozen tab misses what its siblings tell",
        (Invariant::RevokedYieldsNothing, 4),
    );
}

#[test]
fn a_previous_token_that_is_good_for_ever() {
    caught(
        Mutant::PreviousForEver,
        "a thief with a copy of the cookie",
        (Invariant::OutsideWindowsEnds, 2),
    );
}

#[test]
fn a_repeat_that_forks() {
    caught(
        Mutant::ForkInGrace,
        "a frozen tab misses what its siblings tell",
        (Invariant::OneSuccessor, 0),
    );
}

#[test]
fn a_token_two_generations_old_in_the_race_window() {
    caught(
        Mutant::TwoBackInRace,
        "a thief with a copy of the cookie",
        (Invariant::OlderEnds, 7),
    );
}

#[test]
fn a_retry_window_for_any_key() {
    caught(
        Mutant::RetryForAnyKey,
        "a thief with a copy of the cookie",
        (Invariant::OutsideWindowsEnds, 10),
    );
}

#[test]
fn a_window_that_beats_expiry() {
    caught(
        Mutant::GraceBeatsExpiry,
        "a session that expires between reading and writing",
        (Invariant::ExpiredYieldsNothing, 6),
    );
}

#[test]
fn a_repeat_after_revocation() {
    caught(
        Mutant::RepeatForgetsRevocation,
        "a sign-out in bad weather",
        (Invariant::RevokedYieldsNothing, 5),
    );
}

#[test]
fn a_repeat_for_a_disabled_person() {
    caught(
        Mutant::RepeatForgetsDisabled,
        "a person is disabled",
        (Invariant::RevokedYieldsNothing, 6),
    );
}

#[test]
fn an_answer_before_the_end_is_committed() {
    caught(
        Mutant::AnswersBeforeEnding,
        "a thief with a copy of the cookie",
        (Invariant::OlderEnds, 6),
    );
}

#[test]
fn a_forgery_that_ends_a_session() {
    caught(
        Mutant::ForgeryEnds,
        "requests delivered twice, and forged ones",
        (Invariant::GarbageChangesNothing, 1),
    );
}

#[test]
fn a_time_that_goes_back() {
    caught(
        Mutant::TimeGoesBack,
        "a node whose clock is behind",
        (Invariant::NeverBack, 9),
    );
}

#[test]
fn no_retry_window() {
    caught(
        Mutant::NoRetryWindow,
        "two tabs, two reloads, a lost answer",
        (Invariant::HonestStaysSignedIn, 8),
    );
}

#[test]
fn no_race_window() {
    caught(
        Mutant::NoRaceWindow,
        "two tabs race for the attempt key",
        (Invariant::HonestStaysSignedIn, 4),
    );
}

#[test]
fn a_deny_map_that_is_not_fed() {
    caught(
        Mutant::DenyMapNotFed,
        "a sign-out on one of two nodes, calls on both",
        (Invariant::RefusedAfterSignOut, 2),
    );
}

#[test]
fn nodes_that_do_not_tell() {
    caught(
        Mutant::NodesDoNotTell,
        "a sign-out on one of two nodes, calls on both",
        (Invariant::RefusedOnEveryNode, 4),
    );
}

#[test]
fn a_deny_map_that_forgets() {
    caught(
        Mutant::DenyMapForgets,
        "a sign-out on one of two nodes, calls on both",
        (Invariant::RefusedOnEveryNode, 5),
    );
}

#[test]
fn a_removed_key_that_goes_on_verifying() {
    caught(
        Mutant::RemovedKeyVerifies,
        "a key is taken away, and somebody signs in again",
        (Invariant::RemovedKeyYieldsNothing, 1),
    );
}
