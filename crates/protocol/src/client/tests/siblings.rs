//! What a tab accepts from its siblings, now or after it missed their messages.

use super::requests::page_resumed;
use super::transitions::{check, sibling, sibling_signed_out};
use super::{EXPIRED, FRESH, IN_FLIGHT, active, out};
use crate::client::{RequestStatus, TokenSource};

#[test]
fn resuming_applies_what_siblings_did_meanwhile() {
    let wake = |tab, text, machine, effects| check(tab, page_resumed(text), machine, effects);
    let tab = active(Some(FRESH), RequestStatus::Idle);
    wake(
        tab,
        "signed-in 7",
        "7: active none probing",
        "clear probe:7",
    );
    wake(tab, "signed-out 7", "7: out 4", "clear resume");
    wake(tab, "logout-pending 7", "7: out 4", "clear resume");
    wake(tab, "signed-out 4", "5: active fresh idle", "timer+700");
    wake(
        out(Some(1), Some(IN_FLIGHT)),
        "signed-in 6",
        "6: active none probing",
        "clear probe:6",
    );
}

#[test]
fn a_siblings_token_is_adopted_unless_it_is_old() {
    let adopted = "store resume timer+720";
    let over = active(Some(EXPIRED), IN_FLIGHT);
    check(
        over,
        sibling(5, TokenSource::Refresh),
        "5: active fresh idle",
        adopted,
    );
    check(
        over,
        sibling(6, TokenSource::Refresh),
        "6: active fresh idle",
        adopted,
    );
    check(
        over,
        sibling(4, TokenSource::SignIn),
        "5: active expired in-flight/0",
        "",
    );
    let left = out(Some(1), Some(IN_FLIGHT));
    check(
        left,
        sibling(5, TokenSource::Refresh),
        "5: out 1 logout in-flight/0",
        "",
    );
    check(
        left,
        sibling(5, TokenSource::SignIn),
        "5: active fresh idle",
        adopted,
    );
    check(
        left,
        sibling(6, TokenSource::SignIn),
        "6: active fresh idle",
        adopted,
    );
}

#[test]
fn a_siblings_sign_out_holds_unless_it_is_old() {
    let tab = active(Some(FRESH), RequestStatus::Idle);
    check(tab, sibling_signed_out(6), "6: out 7", "clear resume");
    check(tab, sibling_signed_out(5), "5: active fresh idle", "");
    check(
        out(Some(1), Some(IN_FLIGHT)),
        sibling_signed_out(6),
        "6: out 7",
        "clear resume",
    );
}
