//! What makes a tab act: calls, the timer, a page that wakes, and its siblings.

use super::transitions::{check, sibling};
use super::{DUE, EXPIRED, FRESH, IN_FLIGHT, NOW, STALE, active, backing_off, hint, out};
use crate::Millis;
use crate::client::{Event, RequestStatus, TokenSource};

pub(super) fn page_resumed(text: &str) -> Event<u8> {
    Event::PageResumed {
        hint: hint(text),
        reason: Some(4),
    }
}

#[test]
fn an_unauthorized_call_expires_the_token_only_if_it_is_the_newest() {
    let refused = |serial| Event::CallUnauthorized { serial };
    let tab = active(Some(FRESH), RequestStatus::Idle);
    check(
        tab,
        refused(3),
        "5: active expired in-flight/0",
        "refresh:5",
    );
    check(tab, refused(2), "5: active fresh idle", "");
    check(
        active(Some(FRESH), IN_FLIGHT),
        refused(3),
        "5: active expired in-flight/0",
        "",
    );
    check(
        active(Some(FRESH), backing_off(false)),
        refused(3),
        "5: active expired backoff/2",
        "",
    );
    check(out(None, None), refused(3), "5: out", "");
}

#[test]
fn a_session_end_reported_to_a_call_counts_only_for_the_newest_token() {
    let event = |serial| Event::CallSessionEnded { serial, reason: 2 };
    let tab = active(Some(FRESH), RequestStatus::Idle);
    check(
        tab,
        event(3),
        "6: out 2",
        "clear hint-signed-out:6 clear-key tell-signed-out:6:2 resume",
    );
    check(tab, event(2), "5: active fresh idle", "");
    check(out(Some(1), None), event(3), "5: out 1", "");
}

#[test]
fn all_callers_share_one_refresh() {
    let wanted = |tab, machine, effects| check(tab, Event::TokenRequested, machine, effects);
    wanted(
        active(Some(FRESH), RequestStatus::Idle),
        "5: active fresh idle",
        "",
    );
    wanted(
        active(Some(EXPIRED), RequestStatus::Idle),
        "5: active expired in-flight/0",
        "refresh:5",
    );
    wanted(
        active(Some(EXPIRED), IN_FLIGHT),
        "5: active expired in-flight/0",
        "",
    );
    wanted(
        active(Some(EXPIRED), backing_off(false)),
        "5: active expired backoff/2",
        "",
    );
    wanted(
        active(Some(EXPIRED), DUE),
        "5: active expired in-flight/2",
        "refresh:5",
    );
    wanted(out(None, None), "5: out", "");
}

#[test]
fn the_timer_does_what_is_due_and_nothing_else() {
    let tick = |tab, machine, effects| check(tab, Event::TimerFired, machine, effects);
    tick(
        active(Some(FRESH), RequestStatus::Idle),
        "5: active fresh idle",
        "timer+700",
    );
    tick(
        active(Some(STALE), RequestStatus::Idle),
        "5: active stale in-flight/0",
        "refresh:5",
    );
    tick(
        active(Some(STALE), IN_FLIGHT),
        "5: active stale in-flight/0",
        "",
    );
    tick(
        active(Some(EXPIRED), backing_off(false)),
        "5: active expired backoff/2",
        "timer+1",
    );
    tick(
        active(Some(EXPIRED), DUE),
        "5: active expired in-flight/2",
        "refresh:5",
    );
    tick(out(None, None), "5: out", "");
}

/// A page that was just loaded spends no token where a sibling is at it.
#[test]
fn a_loaded_page_requests_the_token_of_a_sibling_that_started_before_it() {
    let looked = |epoch, sibling| Event::SiblingsProbed { epoch, sibling };
    let tab = active(None, RequestStatus::ProbingSiblings);
    check(
        tab,
        looked(5, false),
        "5: active none in-flight/0",
        "refresh:5",
    );
    check(
        tab,
        looked(5, true),
        "5: active none awaiting",
        "tell-request:5 timer+1",
    );
    check(tab, looked(4, false), "5: active none probing", "");
    for event in [
        Event::TimerFired,
        Event::TokenRequested,
        page_resumed("signed-in 5"),
    ] {
        check(tab, event, "5: active none probing", "");
    }
    for other in [
        active(Some(FRESH), RequestStatus::Idle),
        active(None, IN_FLIGHT),
        out(None, None),
    ] {
        let same = super::notation::machine(&other);
        check(other, looked(5, false), &same, "");
    }
}

#[test]
fn a_token_request_to_siblings_times_out() {
    let asking = |ahead| RequestStatus::AwaitingSibling {
        until: Millis(NOW.0 + ahead),
    };
    let patient = active(None, asking(1000));
    check(
        patient,
        Event::TokenRequested,
        "5: active none awaiting",
        "",
    );
    check(
        patient,
        Event::TimerFired,
        "5: active none awaiting",
        "timer+1",
    );
    let wake = page_resumed("signed-in 5");
    check(patient, wake, "5: active none awaiting", "timer+1");
    let adopts = sibling(5, TokenSource::Refresh);
    check(
        patient,
        adopts,
        "5: active fresh idle",
        "store resume timer+720",
    );
    let tired = active(None, asking(0));
    for event in [Event::TokenRequested, Event::TimerFired] {
        check(tired, event, "5: active none in-flight/0", "refresh:5");
    }
}

#[test]
fn a_valid_token_of_the_same_epoch_is_given_to_a_sibling_on_request() {
    let asks = |tab, epoch, effects| {
        let same = super::notation::machine(&tab);
        check(tab, Event::SiblingTokenRequest { epoch }, &same, effects);
    };
    asks(
        active(Some(FRESH), RequestStatus::Idle),
        5,
        "tell-refresh:5",
    );
    asks(active(Some(STALE), IN_FLIGHT), 5, "tell-refresh:5");
    asks(active(Some(FRESH), RequestStatus::Idle), 4, "");
    asks(active(Some(FRESH), RequestStatus::Idle), 6, "");
    asks(active(Some(EXPIRED), IN_FLIGHT), 5, "");
    asks(active(None, IN_FLIGHT), 5, "");
    asks(out(None, None), 5, "");
}

#[test]
fn resuming_shortens_a_backoff_but_not_a_retry_after() {
    let wake = |tab, machine, effects| check(tab, page_resumed("signed-in 5"), machine, effects);
    wake(
        active(Some(EXPIRED), backing_off(false)),
        "5: active expired in-flight/2",
        "refresh:5",
    );
    wake(
        active(Some(EXPIRED), backing_off(true)),
        "5: active expired backoff/2",
        "timer+1",
    );
    wake(
        active(Some(STALE), RequestStatus::Idle),
        "5: active stale in-flight/0",
        "refresh:5",
    );
    wake(
        active(Some(FRESH), RequestStatus::Idle),
        "5: active fresh idle",
        "timer+700",
    );
    wake(
        out(Some(1), Some(backing_off(false))),
        "5: out 1 logout in-flight/2",
        "logout:5",
    );
}
