//! A refresh that is refused with a status that says nothing of the session.

use super::transitions::{GRANTED, LIFE, check, refreshed, weather};
use super::{FLYING, FRESH, NOW, OVER, REJECTED, RETRYING, live};
use crate::client::{Answer, Effort, Event};

#[test]
fn a_rejection_ends_nothing_and_is_tried_again() {
    let rejected = |tab, by_api, machine, wake| {
        let event = refreshed(5, Answer::Rejected { by_api });
        check(tab, event, machine, &std::format!("fail wake+{wake}"));
    };
    rejected(live(None, FLYING), true, "5: live none waiting/1!", 1);
    rejected(
        live(Some(OVER), RETRYING),
        true,
        "5: live over waiting/3!",
        4,
    );
    // Not the API's own words: an outage at first.
    rejected(live(None, FLYING), false, "5: live none waiting/1", 1);
    rejected(live(None, RETRYING), false, "5: live none waiting/3!", 4);
    check(
        live(Some(FRESH), Effort::Idle),
        refreshed(5, Answer::Rejected { by_api: true }),
        "5: live fresh idle",
        "",
    );
}

#[test]
fn a_rejection_is_remembered_until_a_try_succeeds() {
    let waits = Effort::Waiting {
        failures: 2,
        rejected: true,
        retry_at: NOW,
        asked: false,
    };
    let again = "5: live none flying/2!";
    check(live(None, waits), Event::Tick, again, "refresh:5");
    check(
        live(None, REJECTED),
        refreshed(5, weather(None)),
        "5: live none waiting/3!",
        "fail wake+4",
    );
    check(
        live(None, REJECTED),
        refreshed(5, GRANTED),
        "5: live fresh idle",
        "keep forget tell-refresh:5 go wake+720",
    );
}

#[test]
fn a_rejected_session_is_replaced_by_a_sign_in_and_given_up_by_a_sign_out() {
    let known = 5;
    check(
        live(None, REJECTED),
        Event::SignedIn { life: LIFE, known },
        "6: live fresh idle",
        "keep somebody:6 forget tell-sign-in:6 go wake+720",
    );
    check(
        live(None, REJECTED),
        Event::SignOut { reason: 1, known },
        "6: out 1 leaving flying/0",
        "drop leaving:6 forget tell-left:6:1 leave:6 go",
    );
}
