//! A refresh that is refused with a status that says nothing of the session.

use super::transitions::{GRANTED, LIFETIME, check, outage, refresh_response};
use super::{EXPIRED, FRESH, IN_FLIGHT, NOW, REJECTED, RETRYING, active};
use crate::client::{Event, RequestStatus, ServerResponse};

#[test]
fn a_rejection_ends_nothing_and_is_tried_again() {
    let rejected = |tab, by_api, machine, wake| {
        let event = refresh_response(5, ServerResponse::Rejected { by_api });
        check(tab, event, machine, &std::format!("fail timer+{wake}"));
    };
    rejected(
        active(None, IN_FLIGHT),
        true,
        "5: active none backoff/1!",
        1,
    );
    rejected(
        active(Some(EXPIRED), RETRYING),
        true,
        "5: active expired backoff/3!",
        4,
    );
    // Not the API's own words: an outage at first.
    rejected(
        active(None, IN_FLIGHT),
        false,
        "5: active none backoff/1",
        1,
    );
    rejected(
        active(None, RETRYING),
        false,
        "5: active none backoff/3!",
        4,
    );
    check(
        active(Some(FRESH), RequestStatus::Idle),
        refresh_response(5, ServerResponse::Rejected { by_api: true }),
        "5: active fresh idle",
        "",
    );
}

#[test]
fn a_rejection_is_remembered_until_a_try_succeeds() {
    let waits = RequestStatus::Backoff {
        failures: 2,
        rejected: true,
        retry_at: NOW,
        server_requested: false,
    };
    let again = "5: active none in-flight/2!";
    check(active(None, waits), Event::TimerFired, again, "refresh:5");
    check(
        active(None, REJECTED),
        refresh_response(5, outage(None)),
        "5: active none backoff/3!",
        "fail timer+4",
    );
    check(
        active(None, REJECTED),
        refresh_response(5, GRANTED),
        "5: active fresh idle",
        "store clear-key tell-refresh:5 resume timer+720",
    );
}

#[test]
fn a_rejected_session_is_replaced_by_a_sign_in_and_cleared_by_a_sign_out() {
    let known = 5;
    check(
        active(None, REJECTED),
        Event::SignedIn {
            lifetime: LIFETIME,
            known,
        },
        "6: active fresh idle",
        "store hint-signed-in:6 clear-key tell-sign-in:6 resume timer+720",
    );
    check(
        active(None, REJECTED),
        Event::SignOut { reason: 1, known },
        "6: out 1 logout in-flight/0",
        "clear hint-logout-pending:6 clear-key tell-signed-out:6:1 logout:6 resume",
    );
}
