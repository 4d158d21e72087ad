//! What makes a tab act: calls, the timer, a page that wakes, and its siblings.

use super::transitions::{check, sibling, sibling_left};
use super::{FLYING, FRESH, NOW, OVER, RESTED, STALE, hint, live, out, waiting};
use crate::Millis;
use crate::client::{Effort, Event, Grantor};

fn wakes(text: &str) -> Event<u8> {
    Event::Wake {
        hint: hint(text),
        reason: Some(4),
    }
}

#[test]
fn a_refused_token_is_spent_only_if_it_is_the_newest() {
    let refused = |serial| Event::CallRefused { serial };
    let tab = live(Some(FRESH), Effort::Idle);
    check(tab, refused(3), "5: live over flying/0", "refresh:5");
    check(tab, refused(2), "5: live fresh idle", "");
    check(
        live(Some(FRESH), FLYING),
        refused(3),
        "5: live over flying/0",
        "",
    );
    check(
        live(Some(FRESH), waiting(false)),
        refused(3),
        "5: live over waiting/2",
        "",
    );
    check(out(None, None), refused(3), "5: out", "");
}

#[test]
fn a_call_that_hears_the_end_ends_it_only_for_the_newest_token() {
    let event = |serial| Event::CallEnded { serial, reason: 2 };
    let tab = live(Some(FRESH), Effort::Idle);
    check(
        tab,
        event(3),
        "6: out 2",
        "drop nobody:6 forget tell-left:6:2 go",
    );
    check(tab, event(2), "5: live fresh idle", "");
    check(out(Some(1), None), event(3), "5: out 1", "");
}

#[test]
fn whoever_wants_a_token_shares_the_one_refresh() {
    let wanted = |tab, machine, effects| check(tab, Event::Wanted, machine, effects);
    wanted(live(Some(FRESH), Effort::Idle), "5: live fresh idle", "");
    wanted(
        live(Some(OVER), Effort::Idle),
        "5: live over flying/0",
        "refresh:5",
    );
    wanted(live(Some(OVER), FLYING), "5: live over flying/0", "");
    wanted(
        live(Some(OVER), waiting(false)),
        "5: live over waiting/2",
        "",
    );
    wanted(
        live(Some(OVER), RESTED),
        "5: live over flying/2",
        "refresh:5",
    );
    wanted(out(None, None), "5: out", "");
}

#[test]
fn the_timer_does_what_is_due_and_nothing_else() {
    let tick = |tab, machine, effects| check(tab, Event::Tick, machine, effects);
    tick(
        live(Some(FRESH), Effort::Idle),
        "5: live fresh idle",
        "wake+700",
    );
    tick(
        live(Some(STALE), Effort::Idle),
        "5: live stale flying/0",
        "refresh:5",
    );
    tick(live(Some(STALE), FLYING), "5: live stale flying/0", "");
    tick(
        live(Some(OVER), waiting(false)),
        "5: live over waiting/2",
        "wake+1",
    );
    tick(
        live(Some(OVER), RESTED),
        "5: live over flying/2",
        "refresh:5",
    );
    tick(out(None, None), "5: out", "");
}

/// A page that was just loaded spends no token where a sibling is at it.
#[test]
fn a_loaded_page_asks_the_sibling_that_set_out_before_it() {
    let looked = |epoch, sibling| Event::Looked { epoch, sibling };
    let tab = live(None, Effort::Looking);
    check(tab, looked(5, false), "5: live none flying/0", "refresh:5");
    check(tab, looked(5, true), "5: live none asking", "ask:5 wake+1");
    check(tab, looked(4, false), "5: live none looking", "");
    for event in [Event::Tick, Event::Wanted, wakes("somebody 5")] {
        check(tab, event, "5: live none looking", "");
    }
    for other in [
        live(Some(FRESH), Effort::Idle),
        live(None, FLYING),
        out(None, None),
    ] {
        let same = super::notation::machine(&other);
        check(other, looked(5, false), &same, "");
    }
}

#[test]
fn a_page_that_asked_waits_no_longer_than_it_must() {
    let asking = |ahead| Effort::Asking {
        until: Millis(NOW.0 + ahead),
    };
    let patient = live(None, asking(1000));
    check(patient, Event::Wanted, "5: live none asking", "");
    check(patient, Event::Tick, "5: live none asking", "wake+1");
    let wake = wakes("somebody 5");
    check(patient, wake, "5: live none asking", "wake+1");
    let adopts = sibling(5, Grantor::Refresh);
    check(patient, adopts, "5: live fresh idle", "keep go wake+720");
    let tired = live(None, asking(0));
    for event in [Event::Wanted, Event::Tick] {
        check(tired, event, "5: live none flying/0", "refresh:5");
    }
}

#[test]
fn who_has_a_good_token_of_that_epoch_gives_it_to_a_sibling_that_asks() {
    let asks = |tab, epoch, effects| {
        let same = super::notation::machine(&tab);
        check(tab, Event::SiblingAsked { epoch }, &same, effects);
    };
    asks(live(Some(FRESH), Effort::Idle), 5, "tell-refresh:5");
    asks(live(Some(STALE), FLYING), 5, "tell-refresh:5");
    asks(live(Some(FRESH), Effort::Idle), 4, "");
    asks(live(Some(FRESH), Effort::Idle), 6, "");
    asks(live(Some(OVER), FLYING), 5, "");
    asks(live(None, FLYING), 5, "");
    asks(out(None, None), 5, "");
}

#[test]
fn waking_cuts_short_only_a_wait_of_our_own() {
    let wake = |tab, machine, effects| check(tab, wakes("somebody 5"), machine, effects);
    wake(
        live(Some(OVER), waiting(false)),
        "5: live over flying/2",
        "refresh:5",
    );
    wake(
        live(Some(OVER), waiting(true)),
        "5: live over waiting/2",
        "wake+1",
    );
    wake(
        live(Some(STALE), Effort::Idle),
        "5: live stale flying/0",
        "refresh:5",
    );
    wake(
        live(Some(FRESH), Effort::Idle),
        "5: live fresh idle",
        "wake+700",
    );
    wake(
        out(Some(1), Some(waiting(false))),
        "5: out 1 leaving flying/2",
        "leave:5",
    );
}

#[test]
fn waking_finds_what_siblings_did_meanwhile() {
    let wake = |tab, text, machine, effects| check(tab, wakes(text), machine, effects);
    let tab = live(Some(FRESH), Effort::Idle);
    wake(tab, "somebody 7", "7: live none looking", "drop look:7");
    wake(tab, "nobody 7", "7: out 4", "drop go");
    wake(tab, "leaving 7", "7: out 4", "drop go");
    wake(tab, "nobody 4", "5: live fresh idle", "wake+700");
    wake(
        out(Some(1), Some(FLYING)),
        "somebody 6",
        "6: live none looking",
        "drop look:6",
    );
}

#[test]
fn a_siblings_token_is_adopted_unless_it_is_old() {
    let adopted = "keep go wake+720";
    let over = live(Some(OVER), FLYING);
    check(
        over,
        sibling(5, Grantor::Refresh),
        "5: live fresh idle",
        adopted,
    );
    check(
        over,
        sibling(6, Grantor::Refresh),
        "6: live fresh idle",
        adopted,
    );
    check(
        over,
        sibling(4, Grantor::SignIn),
        "5: live over flying/0",
        "",
    );
    let left = out(Some(1), Some(FLYING));
    check(
        left,
        sibling(5, Grantor::Refresh),
        "5: out 1 leaving flying/0",
        "",
    );
    check(
        left,
        sibling(5, Grantor::SignIn),
        "5: live fresh idle",
        adopted,
    );
    check(
        left,
        sibling(6, Grantor::SignIn),
        "6: live fresh idle",
        adopted,
    );
}

#[test]
fn a_siblings_sign_out_holds_unless_it_is_old() {
    let tab = live(Some(FRESH), Effort::Idle);
    check(tab, sibling_left(6), "6: out 7", "drop go");
    check(tab, sibling_left(5), "5: live fresh idle", "");
    check(
        out(Some(1), Some(FLYING)),
        sibling_left(6),
        "6: out 7",
        "drop go",
    );
}
