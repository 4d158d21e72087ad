//! One table of what follows on what.

use super::{DUE, EXPIRED, FRESH, IN_FLIGHT, NOW, RETRYING, STALE, TTL, Tab};
use super::{active, backing_off, hint, notation, out};
use crate::Millis;
use crate::client::{Event, RequestStatus, ServerResponse, TokenLifetime, TokenSource, step};

#[track_caller]
pub(super) fn check(tab: Tab, event: Event<u8>, machine: &str, effects: &str) {
    let (after, done) = step(tab, event, NOW);
    let came = (notation::machine(&after), notation::effects(&done));
    assert_eq!(came, (machine.into(), effects.into()), "{event:?}");
}

pub(super) const LIFETIME: TokenLifetime = TokenLifetime {
    ttl: TTL,
    jitter: 0,
};

pub(super) fn refresh_response(epoch: u64, response: ServerResponse<u8>) -> Event<u8> {
    Event::RefreshResponse {
        epoch,
        response,
        jitter: 0,
    }
}

fn logout_response(epoch: u64, response: ServerResponse<u8>) -> Event<u8> {
    Event::LogoutResponse {
        epoch,
        response,
        jitter: 0,
    }
}

pub(super) fn outage(retry_after: Option<u64>) -> ServerResponse<u8> {
    ServerResponse::Transient {
        retry_after: retry_after.map(Millis::from_secs),
    }
}

pub(super) const GRANTED: ServerResponse<u8> = ServerResponse::Granted { ttl: TTL };

pub(super) fn sibling(epoch: u64, source: TokenSource) -> Event<u8> {
    Event::SiblingToken {
        epoch,
        lifetime: LIFETIME,
        source,
    }
}

pub(super) fn sibling_signed_out(epoch: u64) -> Event<u8> {
    Event::SiblingSignedOut { epoch, reason: 7 }
}

#[test]
fn the_hint_decides_what_a_loaded_page_does() {
    let start =
        |text, machine, effects| check(Tab::new(), Event::PageLoaded(hint(text)), machine, effects);
    start("signed-out 0", "0: out", "");
    start("signed-out 4", "4: out", "");
    start("signed-in 4", "4: active none probing", "probe:4");
    start("logout-pending 4", "4: out logout in-flight/0", "logout:4");
}

#[test]
fn a_sign_in_starts_an_epoch_beyond_every_known_one() {
    let event = |known| Event::SignedIn {
        lifetime: LIFETIME,
        known,
    };
    let effects = |epoch| {
        std::format!("store hint-signed-in:{epoch} clear-key tell-sign-in:{epoch} resume timer+720")
    };
    check(
        out(Some(1), None),
        event(0),
        "6: active fresh idle",
        &effects(6),
    );
    check(
        out(None, None),
        event(9),
        "10: active fresh idle",
        &effects(10),
    );
    check(
        out(None, Some(IN_FLIGHT)),
        event(5),
        "6: active fresh idle",
        &effects(6),
    );
    check(
        active(Some(STALE), IN_FLIGHT),
        event(5),
        "6: active fresh idle",
        &effects(6),
    );
}

#[test]
fn a_sign_out_clears_the_token_at_once_and_notifies_the_server() {
    let event = |known| Event::SignOut { reason: 1, known };
    let effects = |epoch| {
        std::format!(
            "clear hint-logout-pending:{epoch} clear-key tell-signed-out:{epoch}:1 logout:{epoch} resume"
        )
    };
    for tab in [
        active(Some(FRESH), RequestStatus::Idle),
        active(None, IN_FLIGHT),
        active(Some(EXPIRED), backing_off(true)),
    ] {
        check(tab, event(5), "6: out 1 logout in-flight/0", &effects(6));
        check(tab, event(8), "9: out 1 logout in-flight/0", &effects(9));
    }
}

#[test]
fn a_granted_refresh_stores_the_token() {
    let effects = "store clear-key tell-refresh:5 resume timer+720";
    check(
        active(None, IN_FLIGHT),
        refresh_response(5, GRANTED),
        "5: active fresh idle",
        effects,
    );
    check(
        active(Some(EXPIRED), RETRYING),
        refresh_response(5, GRANTED),
        "5: active fresh idle",
        effects,
    );
}

#[test]
fn an_outage_keeps_the_session() {
    let failed = |tab, retry_after, machine, effects| {
        check(
            tab,
            refresh_response(5, outage(retry_after)),
            machine,
            effects,
        );
    };
    failed(
        active(None, IN_FLIGHT),
        None,
        "5: active none backoff/1",
        "fail timer+1",
    );
    failed(
        active(Some(EXPIRED), RETRYING),
        None,
        "5: active expired backoff/3",
        "fail timer+4",
    );
    failed(
        active(Some(STALE), IN_FLIGHT),
        Some(30),
        "5: active stale backoff/1",
        "fail timer+30",
    );
    failed(
        active(Some(STALE), IN_FLIGHT),
        Some(0),
        "5: active stale backoff/1",
        "fail timer+1",
    );
    failed(
        active(Some(FRESH), RequestStatus::Idle),
        None,
        "5: active fresh idle",
        "",
    );
}

#[test]
fn a_terminal_response_ends_the_session() {
    let effects = "clear hint-signed-out:6 clear-key tell-signed-out:6:2 resume";
    check(
        active(None, IN_FLIGHT),
        refresh_response(5, ServerResponse::SessionEnded(2)),
        "6: out 2",
        effects,
    );
    check(
        active(Some(STALE), IN_FLIGHT),
        refresh_response(5, ServerResponse::SessionEnded(2)),
        "6: out 2",
        effects,
    );
}

#[test]
fn a_response_of_another_epoch_is_dropped() {
    for response in [GRANTED, outage(None), ServerResponse::SessionEnded(2)] {
        check(
            active(Some(FRESH), RequestStatus::Idle),
            refresh_response(4, response),
            "5: active fresh idle",
            "",
        );
        check(
            out(Some(1), Some(IN_FLIGHT)),
            refresh_response(4, response),
            "5: out 1 logout in-flight/0",
            "",
        );
        check(
            out(Some(1), Some(IN_FLIGHT)),
            logout_response(4, response),
            "5: out 1 logout in-flight/0",
            "",
        );
    }
}

#[test]
fn a_late_response_restores_nothing() {
    check(
        out(Some(1), None),
        refresh_response(5, GRANTED),
        "5: out 1",
        "",
    );
    check(
        active(Some(FRESH), RequestStatus::Idle),
        logout_response(5, GRANTED),
        "5: active fresh idle",
        "",
    );
}

#[test]
fn a_logout_is_repeated_until_the_server_confirms_it() {
    let tab = out(Some(1), Some(IN_FLIGHT));
    check(
        tab,
        logout_response(5, GRANTED),
        "5: out 1",
        "hint-signed-out:5",
    );
    check(
        tab,
        logout_response(5, ServerResponse::SessionEnded(2)),
        "5: out 1",
        "hint-signed-out:5",
    );
    check(
        tab,
        logout_response(5, outage(None)),
        "5: out 1 logout backoff/1",
        "timer+1",
    );
    check(
        tab,
        logout_response(5, ServerResponse::Rejected { by_api: true }),
        "5: out 1 logout backoff/1!",
        "timer+1",
    );
    let rested = out(Some(1), Some(DUE));
    check(
        rested,
        Event::TimerFired,
        "5: out 1 logout in-flight/2",
        "logout:5",
    );
}
