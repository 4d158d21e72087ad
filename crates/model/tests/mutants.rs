//! Each rule broken on purpose, and the invariant that the model then sees broken. A proof that
//! cannot fail proves nothing.

use model::{Config, Mutant, configurations, explore};
use std::io::Write;

/// The mutant breaks that invariant in that configuration, which is whole without it.
#[track_caller]
fn caught(mutant: Mutant, name: &str, invariant: &str) {
    let config = Config {
        mutant: Some(mutant),
        ..configurations::named(name)
    };
    let report = explore(&config);
    let way = report.breaches.get(invariant).map(Vec::len);
    let line = format!("{mutant:?}: {invariant} in {name}, after {way:?} steps");
    writeln!(std::io::stderr(), "{line}").expect("BUG: stderr is open");
    assert!(way.is_some(), "not caught: {line}\n{report}");
}

#[test]
fn a_rotation_without_compare_and_swap() {
    caught(
        Mutant::ReadThenWrite,
        "two tabs race for the attempt key",
        "i_01_exactly_one_swaps",
    );
}

#[test]
fn a_row_saved_as_it_was_read() {
    caught(
        Mutant::SavesTheWholeRow,
        "a frozen tab misses what its siblings tell",
        "i_04_revoked_yields_nothing",
    );
}

#[test]
fn a_swap_that_does_not_ask_whether_the_session_lives() {
    caught(
        Mutant::SwapForgetsRevocation,
        "a frozen tab misses what its siblings tell",
        "i_04_revoked_yields_nothing",
    );
}

#[test]
fn a_previous_token_that_is_good_for_ever() {
    caught(
        Mutant::PreviousForEver,
        "a thief with a copy of the cookie",
        "i_06_outside_windows_ends",
    );
}

#[test]
fn a_repeat_that_forks() {
    caught(
        Mutant::ForkInGrace,
        "a frozen tab misses what its siblings tell",
        "i_02_one_successor",
    );
}

#[test]
fn a_token_two_generations_old_in_the_race_window() {
    caught(
        Mutant::TwoBackInRace,
        "a thief with a copy of the cookie",
        "i_02_one_successor",
    );
}

#[test]
fn a_retry_window_for_any_key() {
    caught(
        Mutant::RetryForAnyKey,
        "a thief with a copy of the cookie",
        "i_06_outside_windows_ends",
    );
}

#[test]
fn a_window_that_beats_expiry() {
    caught(
        Mutant::GraceBeatsExpiry,
        "a session that expires between reading and writing",
        "expiry_beats_the_windows",
    );
}

#[test]
fn a_repeat_after_revocation() {
    caught(
        Mutant::RepeatForgetsRevocation,
        "a sign-out in bad weather",
        "i_04_revoked_yields_nothing",
    );
}

#[test]
fn a_repeat_for_a_disabled_person() {
    caught(
        Mutant::RepeatForgetsDisabled,
        "a person is disabled",
        "i_04_revoked_yields_nothing",
    );
}

#[test]
fn an_answer_before_the_end_is_committed() {
    caught(
        Mutant::AnswersBeforeEnding,
        "a thief with a copy of the cookie",
        "i_05_older_ends",
    );
}

#[test]
fn a_forgery_that_ends_a_session() {
    caught(
        Mutant::ForgeryEnds,
        "requests delivered twice, and forged ones",
        "i_07_garbage_changes_nothing",
    );
}

#[test]
fn a_time_that_goes_back() {
    caught(
        Mutant::TimeGoesBack,
        "a node whose clock is behind",
        "i_03_never_back",
    );
}

#[test]
fn no_retry_window() {
    caught(
        Mutant::NoRetryWindow,
        "two tabs, two reloads, a lost answer",
        "an_honest_browser_is_never_signed_out",
    );
}

#[test]
fn no_race_window() {
    caught(
        Mutant::NoRaceWindow,
        "two tabs race for the attempt key",
        "an_honest_browser_is_never_signed_out",
    );
}

#[test]
fn a_deny_map_that_is_not_fed() {
    caught(
        Mutant::DenyMapNotFed,
        "a sign-out on one of two nodes, calls on both",
        "i_09_refused_after_sign_out",
    );
}

#[test]
fn nodes_that_do_not_tell() {
    caught(
        Mutant::NodesDoNotTell,
        "a sign-out on one of two nodes, calls on both",
        "i_10_refused_on_every_node",
    );
}

#[test]
fn a_deny_map_that_forgets() {
    caught(
        Mutant::DenyMapForgets,
        "a sign-out on one of two nodes, calls on both",
        "i_10_refused_on_every_node",
    );
}

#[test]
fn a_cookie_deleted_on_any_failure() {
    caught(
        Mutant::AnyFailureClearsCookie,
        "a frozen tab misses what its siblings tell",
        "a_sign_out_is_heard",
    );
}

#[test]
fn an_outage_that_ends_the_session() {
    caught(
        Mutant::OutageEnds,
        "a crash between reading and answering",
        "an_honest_browser_is_never_signed_out",
    );
}

#[test]
fn a_late_answer_that_is_adopted() {
    caught(
        Mutant::LateAnswerAdopted,
        "a person is disabled",
        "i_28_late_answer_restores_nothing",
    );
}

#[test]
fn a_sibling_that_is_adopted_whatever_its_epoch() {
    caught(
        Mutant::SiblingWhateverEpoch,
        "two tabs race for the attempt key",
        "tabs_agree_at_rest",
    );
}

#[test]
fn an_attempt_key_for_each_try() {
    caught(
        Mutant::KeyPerTry,
        "a person is disabled",
        "an_honest_browser_is_never_signed_out",
    );
}

#[test]
fn a_failed_refresh_without_a_timer() {
    caught(
        Mutant::NoTimer,
        "a crash between reading and answering",
        "every_run_comes_to_rest",
    );
}

#[test]
fn a_sign_out_that_is_tried_once() {
    caught(
        Mutant::SignOutOnce,
        "a frozen tab misses what its siblings tell",
        "a_sign_out_is_heard",
    );
}
