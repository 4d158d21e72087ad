//! A page that is loaded anew.

use crate::world::{Browser, no_content, offline, problem, signed_in};
use client::{Millis, Phase, SignOutReason};
use shared::auth::Login;
use shared::error_code::ErrorCode;
use shared::session::RevocationReason;

const REFRESH: &str = "/api/auth/refresh";
const LOGOUT: &str = "/api/auth/logout";

#[test]
fn a_first_visit_makes_no_call() {
    let mut browser = Browser::new();
    let tab = browser.open();
    tab.on_page_resumed();
    browser.advance(Millis::from_secs(7200));
    assert_eq!(browser.count_all(), 0);
    let snapshot = tab.snapshot();
    assert_eq!(
        (snapshot.phase, snapshot.sign_out_reason),
        (Phase::SignedOut, None)
    );
    assert_eq!(browser.hint(), None, "and leaves nothing behind");
}

#[test]
fn a_reload_restores_by_one_refresh() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let tab = browser.open();
    assert_eq!(tab.snapshot().phase, Phase::Restoring);
    let api = tab.api();
    let _eager = browser.begin(async move { api.me().await });
    let request = browser.answer(REFRESH, signed_in("alice", "t1"));
    assert_eq!(request.header_value("X-CSRF"), Some("1"));
    assert_eq!(
        request.header_value("Content-Type"),
        Some("application/json")
    );
    assert_eq!(request.header_value("Authorization"), None);
    assert_eq!(request.body.as_deref(), Some("{}"));
    assert_eq!((browser.count(REFRESH), browser.count("/api/me")), (1, 1));
    let snapshot = tab.snapshot();
    assert_eq!(snapshot.phase, Phase::SignedIn);
    assert_eq!(
        snapshot.user.map(|user| user.username.clone()).as_deref(),
        Some("alice")
    );
}

/// Seen in LanternOps/breeze#1107 and schulydev/Schuly#476 (`offline_start_is_not_signed_out`).
#[test]
fn hard_reload_depends_on_no_single_call() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let tab = browser.open();
    browser.answer(REFRESH, offline());
    assert_eq!(tab.snapshot().phase, Phase::Offline);
    browser.advance(Millis::from_secs(1));
    browser.answer(REFRESH, problem(ErrorCode::InternalError));
    assert_eq!(tab.snapshot().phase, Phase::Offline);
    tab.on_page_resumed();
    browser.answer(REFRESH, signed_in("alice", "t1"));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}

#[test]
fn a_sign_out_that_the_server_never_heard_of_is_told_after_a_reload() {
    let (mut browser, tab) = Browser::with_alice();
    tab.auth().logout_everywhere();
    browser.answer(LOGOUT, offline());
    assert_eq!(browser.hint().as_deref(), Some("leaving-all 2"));
    browser.close_all();
    let tab = browser.open();
    assert!(tab.snapshot().pending_logout);
    assert_eq!(tab.snapshot().phase, Phase::SignedOut);
    let request = browser.answer(LOGOUT, no_content());
    assert_eq!(request.body.as_deref(), Some(r#"{"scope":"all"}"#));
    assert!(!tab.snapshot().pending_logout);
    assert_eq!(browser.hint().as_deref(), Some("nobody 2"));
}

#[test]
fn a_sign_in_takes_the_place_of_a_sign_out_that_nobody_heard() {
    let (mut browser, tab) = Browser::with_alice();
    tab.auth().logout();
    browser.answer(LOGOUT, offline());
    let auth = tab.auth();
    let login = Login {
        username: "bob".to_owned(),
        password: shared::password::Password::new("a phrase of bob's"),
    };
    let _login = browser.begin(async move { auth.login(&login).await });
    browser.answer("/api/auth/login", signed_in("bob", "t2"));
    browser.forget_sent();
    browser.advance(Millis::from_secs(300));
    tab.on_page_resumed();
    browser.settle();
    assert_eq!(browser.count(LOGOUT), 0, "it would end bob's session");
    assert_eq!(browser.hint().as_deref(), Some("somebody 3"));
}

/// A tab that was frozen while somebody else signed in must not end their session.
#[test]
fn a_tab_that_missed_a_sign_in_does_not_sign_it_out() {
    let (mut browser, tab) = Browser::with_alice();
    tab.auth().logout();
    browser.answer(LOGOUT, offline());
    browser.forget_sent();
    browser.remember("somebody 3");
    browser.advance(Millis::from_secs(5));
    // A page that found another epoch looks for siblings first, as if it were loaded.
    browser.advance(Millis(10));
    assert_eq!((browser.count(LOGOUT), browser.count(REFRESH)), (0, 1));
}

#[test]
fn a_session_that_ended_meanwhile_says_why() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let tab = browser.open();
    browser.answer(REFRESH, problem(ErrorCode::SessionExpired));
    assert_eq!(tab.snapshot().sign_out_reason, Some(SignOutReason::Expired));
    assert_eq!(browser.hint().as_deref(), Some(r#"nobody 5 "expired""#));
    browser.close_all();
    assert_eq!(
        browser.open().snapshot().sign_out_reason,
        None,
        "that is long ago"
    );
}

/// What siblings tell does not reach a frozen page, and may be late on a busy machine.
#[test]
fn a_page_that_did_not_hear_the_end_says_why_when_it_wakes() {
    for (hint, ending) in [
        (r#"nobody 2 "no_cookie""#, Some(SignOutReason::NoCookie)),
        (
            r#"nobody 2 {"revoked":"limit"}"#,
            Some(SignOutReason::Revoked(Some(RevocationReason::SessionLimit))),
        ),
        (
            r#"nobody 2 "signed_out""#,
            Some(SignOutReason::SignedOutInAnotherTab),
        ),
        ("leaving-all 2", Some(SignOutReason::SignedOutInAnotherTab)),
        ("nobody 2", None),
        (r#"nobody 2 "of another version""#, None),
    ] {
        let (browser, tab) = Browser::with_alice();
        browser.remember(hint);
        tab.on_page_resumed();
        let snapshot = tab.snapshot();
        assert_eq!(
            (snapshot.phase, snapshot.sign_out_reason),
            (Phase::SignedOut, ending)
        );
    }
}
