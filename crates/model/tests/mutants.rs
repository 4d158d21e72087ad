//! Each rule broken on purpose, and the invariant that the model then sees broken. A proof that
//! cannot fail proves nothing.
//!
//! The number is the length of the shortest run after which fair weather alone does the damage;
//! none means that a calm day is enough.

use model::{Config, Invariant, Mutant, configurations, shortest_breach};

/// The mutant breaks that invariant in that configuration, which is whole without it, after so
/// many steps and no sooner.
#[track_caller]
fn caught(mutant: Mutant, name: &str, (invariant, steps): (Invariant, usize)) {
    let config = Config {
        mutant: Some(mutant),
        ..configurations::named(name)
    };
    let way = shortest_breach(&config, invariant);
    assert_eq!(way.as_ref().map(Vec::len), Some(steps), "{way:?}");
}

#[test]
fn a_rotation_without_compare_and_swap() {
    caught(
        Mutant::ReadThenWrite,
        "two tabs race for the attempt key",
        (Invariant::ExactlyOneSwaps, 3),
    );
}

#[test]
fn a_row_saved_as_it_was_read() {
    caught(
        Mutant::SavesTheWholeRow,
        "a frozen tab misses what its siblings tell",
        (Invariant::RevokedYieldsNothing, 3),
    );
}

#[test]
fn a_swap_that_does_not_ask_whether_the_session_lives() {
    caught(
        Mutant::SwapForgetsRevocation,
        "a frozen tab misses what its siblings tell",
        (Invariant::RevokedYieldsNothing, 3),
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
        (Invariant::OutsideWindowsEnds, 9),
    );
}

#[test]
fn a_window_that_beats_expiry() {
    caught(
        Mutant::GraceBeatsExpiry,
        "a session that expires between reading and writing",
        (Invariant::ExpiredYieldsNothing, 5),
    );
}

#[test]
fn a_repeat_after_revocation() {
    caught(
        Mutant::RepeatForgetsRevocation,
        "a sign-out in bad weather",
        (Invariant::RevokedYieldsNothing, 4),
    );
}

#[test]
fn a_repeat_for_a_disabled_person() {
    caught(
        Mutant::RepeatForgetsDisabled,
        "a person is disabled",
        (Invariant::RevokedYieldsNothing, 5),
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
        (Invariant::NeverBack, 7),
    );
}

#[test]
fn no_retry_window() {
    caught(
        Mutant::NoRetryWindow,
        "two tabs, two reloads, a lost answer",
        (Invariant::HonestStaysSignedIn, 7),
    );
}

#[test]
fn no_race_window() {
    caught(
        Mutant::NoRaceWindow,
        "two tabs race for the attempt key",
        (Invariant::HonestStaysSignedIn, 3),
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
fn a_cookie_deleted_on_any_failure() {
    caught(
        Mutant::AnyFailureClearsCookie,
        "two tabs, two reloads, a lost answer",
        (Invariant::HonestStaysSignedIn, 2),
    );
}

#[test]
fn an_outage_that_ends_the_session() {
    caught(
        Mutant::OutageEnds,
        "a crash between reading and answering",
        (Invariant::HonestStaysSignedIn, 2),
    );
}

#[test]
fn a_late_answer_that_is_adopted() {
    caught(
        Mutant::LateAnswerAdopted,
        "a person is disabled",
        (Invariant::LateAnswerRestoresNothing, 5),
    );
}

#[test]
fn a_sibling_that_is_adopted_whatever_its_epoch() {
    caught(
        Mutant::SiblingWhateverEpoch,
        "two tabs race for the attempt key",
        (Invariant::TabsAgreeAtRest, 2),
    );
}

#[test]
fn an_attempt_key_for_each_try() {
    caught(
        Mutant::KeyPerTry,
        "a person is disabled",
        (Invariant::HonestStaysSignedIn, 7),
    );
}

#[test]
fn a_failed_refresh_without_a_timer() {
    caught(
        Mutant::NoTimer,
        "a crash between reading and answering",
        (Invariant::EveryRunComesToRest, 2),
    );
}

#[test]
fn a_sign_out_that_is_tried_once() {
    caught(
        Mutant::SignOutOnce,
        "a frozen tab misses what its siblings tell",
        (Invariant::SignOutIsHeard, 6),
    );
}

#[test]
fn answers_taken_whatever_their_epoch() {
    caught(
        Mutant::DropEpoch,
        "a sign-out, and another person signs in",
        (Invariant::LateAnswerRestoresNothing, 10),
    );
}

#[test]
fn a_hint_that_goes_back() {
    caught(
        Mutant::HintGoesBack,
        "a sign-out, and another person signs in",
        (Invariant::TabsAgreeAtRest, 3),
    );
}

#[test]
fn calls_that_wait_and_are_forgotten() {
    caught(
        Mutant::ParkedForgotten,
        "calls of two tabs while the access token runs out",
        (Invariant::EveryRunComesToRest, 3),
    );
}

#[test]
fn a_sign_out_that_a_reload_forgets() {
    caught(
        Mutant::SignOutForgotten,
        "a sign-out in bad weather",
        (Invariant::SignOutIsHeard, 3),
    );
}

#[test]
fn siblings_that_are_not_told_of_a_sign_out() {
    caught(
        Mutant::SignOutUntold,
        "a sign-out on one of two nodes, calls on both",
        (Invariant::TabsAgreeAtRest, 1),
    );
}

#[test]
fn a_page_that_wakes_and_does_not_look() {
    caught(
        Mutant::WakeIsBlind,
        "a frozen tab misses what its siblings tell",
        (Invariant::TabsAgreeAtRest, 2),
    );
}

#[test]
fn every_mutant_has_its_test() {
    let tests = include_str!("mutants.rs");
    for mutant in Mutant::ALL {
        let name = format!("Mutant::{mutant:?},");
        assert!(tests.contains(&name), "nothing catches {mutant:?}");
    }
}
