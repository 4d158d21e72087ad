//! A server, or what stands before it, that rejects the request for a token: no outage, and no end.

use crate::world::{Browser, no_content, offline, problem, proxy, signed_in};
use client::{Client, Error, Millis, Phase};
use shared::auth::Login;
use shared::error_code::{ErrorCode, RecoveryAction};
use shared::password::Password;

const REFRESH: &str = "/api/auth/refresh";
const LOGIN: &str = "/api/auth/login";
const LOGOUT: &str = "/api/auth/logout";

fn login() -> Login {
    Login {
        username: "alice".to_owned(),
        password: Password::new("a phrase of alice's"),
    }
}

/// A page that was just loaded, whose refresh is rejected.
fn rejected(code: ErrorCode) -> (Browser, Client) {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let tab = browser.open();
    browser.answer(REFRESH, problem(code));
    (browser, tab)
}

/// The code that the interface shows.
fn shown(tab: &Client) -> Option<ErrorCode> {
    tab.snapshot().rejection.and_then(|error| error.code())
}

#[test]
fn a_rejected_refresh_is_no_outage_and_shows_what_the_server_said() {
    for code in ErrorCode::ALL {
        let (_browser, tab) = rejected(code);
        let phase = match code.recovery_action() {
            RecoveryAction::Retry | RecoveryAction::RetryAfter => Phase::Offline,
            RecoveryAction::SignInAgain => Phase::SignedOut,
            RecoveryAction::Refresh | RecoveryAction::Fatal | RecoveryAction::UserCanFix => {
                Phase::Rejected
            }
        };
        assert_eq!(tab.snapshot().phase, phase, "{code:?}");
        let said = (phase == Phase::Rejected).then_some(code);
        assert_eq!(shown(&tab), said, "{code:?}");
    }
}

#[test]
fn a_rejection_deletes_nothing_and_heals_by_itself() {
    let (mut browser, tab) = rejected(ErrorCode::OriginForbidden);
    assert_eq!(browser.hint().as_deref(), Some("somebody 4"));
    browser.advance(Millis::from_secs(1));
    assert_eq!(browser.count(REFRESH), 2, "it is tried again");
    assert_eq!(tab.snapshot().phase, Phase::Rejected, "the form stays");
    browser.answer(REFRESH, signed_in("alice", "t1"));
    let snapshot = tab.snapshot();
    assert_eq!(
        (snapshot.phase, snapshot.rejection),
        (Phase::SignedIn, None)
    );
}

#[test]
fn the_try_after_a_rejection_is_the_same_attempt() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let _tab = browser.open();
    let rejected = browser.answer(REFRESH, problem(ErrorCode::MethodNotAllowed));
    browser.advance(Millis::from_secs(1));
    let again = browser.take(REFRESH).request;
    assert_eq!(
        rejected.header_value("Refresh-Attempt"),
        again.header_value("Refresh-Attempt"),
        "the token is not spent"
    );
}

#[test]
fn the_rejection_stays_on_the_page_when_the_network_fails_too() {
    let (mut browser, tab) = rejected(ErrorCode::UnsupportedMediaType);
    browser.advance(Millis::from_secs(1));
    browser.answer(REFRESH, offline());
    assert_eq!(tab.snapshot().phase, Phase::Rejected);
    assert_eq!(shown(&tab), Some(ErrorCode::UnsupportedMediaType));
}

#[test]
fn what_is_not_the_apis_own_word_is_an_outage_at_first_and_a_rejection_where_it_lasts() {
    for status in [400, 401, 403, 404, 405, 415, 431] {
        let mut browser = Browser::new();
        browser.remember("somebody 4");
        let tab = browser.open();
        for (wait, phase) in [
            (0, Phase::Offline),
            (1, Phase::Offline),
            (2, Phase::Rejected),
        ] {
            browser.advance(Millis::from_secs(wait));
            browser.answer(REFRESH, proxy(status));
            assert_eq!(tab.snapshot().phase, phase, "{status}");
        }
        assert_eq!(
            tab.snapshot().rejection,
            Some(Error::UnexpectedResponse { status })
        );
    }
}

#[test]
fn an_outage_never_becomes_a_rejection() {
    for answer in [
        offline(),
        proxy(200),
        proxy(302),
        proxy(408),
        proxy(429),
        proxy(503),
    ] {
        let mut browser = Browser::new();
        browser.remember("somebody 4");
        let tab = browser.open();
        for _ in 0..6 {
            browser.answer(REFRESH, answer.clone());
            assert_eq!(tab.snapshot().phase, Phase::Offline, "{answer:?}");
            browser.advance(Millis::from_secs(60));
        }
    }
}

#[test]
fn a_status_of_an_outage_ends_no_session_whatever_the_body_says() {
    for status in [408, 429, 500, 503] {
        let mut browser = Browser::new();
        browser.remember("somebody 4");
        let tab = browser.open();
        let ends = problem(ErrorCode::RefreshReused);
        let answer = ends.map(|response| client::Response { status, ..response });
        browser.answer(REFRESH, answer);
        assert_eq!(tab.snapshot().phase, Phase::Offline, "{status}");
    }
}

#[test]
fn signing_in_anew_replaces_the_rejected_session() {
    let (mut browser, tab) = rejected(ErrorCode::InvalidRequest);
    let auth = tab.auth();
    let outcome = browser.begin(async move { auth.login(&login()).await });
    browser.answer(LOGIN, signed_in("alice", "t1"));
    assert_eq!(*outcome.borrow(), Some(Ok(())));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
    assert_eq!(browser.hint().as_deref(), Some("somebody 5"));
}

/// The model found it: a rejected session comes back while a sign-in waits for its turn, and the
/// answer to the sign-in is lost, but not its cookie.
#[test]
fn a_lost_sign_in_over_a_session_that_came_back_asks_at_once_whose_the_cookie_is() {
    let (mut browser, tab) = rejected(ErrorCode::InvalidRequest);
    browser.advance(Millis::from_secs(1));
    let auth = tab.auth();
    let outcome = browser.begin(async move { auth.login(&login()).await });
    browser.answer(REFRESH, signed_in("alice", "t1"));
    browser.forget_sent();
    browser.answer(LOGIN, offline());
    assert_eq!(*outcome.borrow(), Some(Err(Error::Network)));
    browser.answer(REFRESH, signed_in("bob", "t2"));
    let name = tab.snapshot().user.map(|user| user.username.clone());
    assert_eq!(name.as_deref(), Some("bob"));
}

#[test]
fn a_sign_out_from_a_rejected_session_is_told_until_the_server_has_heard() {
    let (mut browser, tab) = rejected(ErrorCode::InvalidRequest);
    tab.auth().logout();
    assert_eq!(tab.snapshot().phase, Phase::SignedOut);
    browser.answer(LOGOUT, problem(ErrorCode::InvalidRequest));
    assert!(
        tab.snapshot().pending_logout,
        "a rejected sign-out ended nothing"
    );
    assert_eq!(browser.hint().as_deref(), Some("leaving 5"));
    browser.advance(Millis::from_secs(1));
    browser.answer(LOGOUT, no_content());
    assert!(!tab.snapshot().pending_logout);
}

#[test]
fn a_rejection_is_not_shown_while_the_access_token_is_good() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    browser.answer(REFRESH, problem(ErrorCode::NotFound));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
    browser.advance(Millis::from_secs(180));
    let snapshot = tab.snapshot();
    assert_eq!(snapshot.phase, Phase::Rejected);
    assert!(snapshot.user.is_some(), "whose page it is stays known");
}
