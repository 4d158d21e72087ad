//! Rules of the browser.

use crate::caught;
use model::{Invariant, Mutant};

#[test]
fn a_cookie_deleted_on_any_failure() {
    caught(
        Mutant::AnyFailureClearsCookie,
        "two tabs, two reloads, a lost answer",
        (Invariant::HonestStaysSignedIn, 3),
    );
}

#[test]
fn an_outage_that_ends_the_session() {
    caught(
        Mutant::OutageEnds,
        "a crash between reading and answering",
        (Invariant::HonestStaysSignedIn, 3),
    );
}

#[test]
fn a_rejection_that_looks_like_an_outage() {
    caught(
        Mutant::RejectionIsOutage,
        "a server that rejects requests for a while",
        (Invariant::RejectedMaySignIn, 3),
    );
}

#[test]
fn a_rejection_that_ends_the_session() {
    caught(
        Mutant::RejectionEnds,
        "a server that rejects requests for a while",
        (Invariant::HonestStaysSignedIn, 3),
    );
}

#[test]
fn a_rejection_that_deletes_the_cookie() {
    caught(
        Mutant::RejectionClearsCookie,
        "a server that rejects requests for a while",
        (Invariant::HonestStaysSignedIn, 3),
    );
}

#[test]
fn a_rejection_that_forgets_the_attempt() {
    caught(
        Mutant::RejectionForgetsKey,
        "a server that rejects requests for a while",
        (Invariant::HonestStaysSignedIn, 8),
    );
}

#[test]
fn a_rejected_sign_out_that_counts_as_heard() {
    caught(
        Mutant::RejectedSignOutIsHeard,
        "a server that rejects requests for a while",
        (Invariant::SignOutIsHeard, 2),
    );
}

#[test]
fn a_lost_sign_in_that_is_forgotten() {
    caught(
        Mutant::LostSignInForgotten,
        "a sign-in over a rejected session",
        (Invariant::TabsAgreeAtRest, 11),
    );
}

#[test]
fn a_late_answer_that_is_adopted() {
    caught(
        Mutant::LateAnswerAdopted,
        "a person is disabled",
        (Invariant::LateAnswerRestoresNothing, 6),
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
        (Invariant::HonestStaysSignedIn, 8),
    );
}

#[test]
fn a_failed_refresh_without_a_timer() {
    caught(
        Mutant::NoTimer,
        "a crash between reading and answering",
        (Invariant::EveryRunComesToRest, 3),
    );
}

#[test]
fn a_sign_out_that_is_tried_once() {
    caught(
        Mutant::SignOutOnce,
        "a frozen tab misses what its siblings tell",
        (Invariant::SignOutIsHeard, 3),
    );
}

#[test]
fn answers_taken_whatever_their_epoch() {
    caught(
        Mutant::DropEpoch,
        "a sign-out, and another person signs in",
        (Invariant::LateAnswerRestoresNothing, 7),
    );
}

#[test]
fn a_hint_that_goes_back() {
    caught(
        Mutant::HintGoesBack,
        "a sign-out, and another person signs in",
        (Invariant::TabsAgreeAtRest, 4),
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
