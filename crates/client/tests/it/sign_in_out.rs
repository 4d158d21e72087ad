//! Signing in and out while other things are on their way.

use crate::world::{Browser, no_content, offline, page, problem, signed_in, user};
use client::{Error, Millis, Phase, SignOutReason};
use shared::account::ChangePassword;
use shared::auth::{Login, Register};
use shared::error_code::ErrorCode;
use shared::password::Password;
use std::cell::RefCell;
use std::rc::Rc;

const REFRESH: &str = "/api/auth/refresh";
const LOGIN: &str = "/api/auth/login";
const LOGOUT: &str = "/api/auth/logout";

fn bob() -> Login {
    Login {
        username: "bob".to_owned(),
        password: Password::new("a phrase of bob's"),
    }
}

/// Invariant I-28. Seen in CERTUNLP/ngen#275, auth0/nextjs-auth0#544.
#[test]
fn logout_beats_refresh_in_flight() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    let late = browser.take(REFRESH);
    tab.auth().logout();
    assert_eq!(
        tab.snapshot().phase,
        Phase::SignedOut,
        "memory is cleared at once"
    );
    assert_eq!(
        browser.count(LOGOUT),
        0,
        "the cookie that is on its way is to be ended too"
    );
    late.answer(signed_in("alice", "t2"));
    browser.answer(LOGOUT, no_content());
    let snapshot = tab.snapshot();
    assert_eq!((snapshot.phase, snapshot.user), (Phase::SignedOut, None));
    assert_eq!(snapshot.sign_out_reason, Some(SignOutReason::SignedOut));
    assert_eq!(browser.hint().as_deref(), Some(r#"nobody 2 "signed_out""#));
}

#[test]
fn a_calls_answer_that_comes_after_the_sign_out_is_not_given_out() {
    let (mut browser, tab) = Browser::with_alice();
    let api = tab.api();
    let call = browser.begin(async move { api.me().await });
    let late = browser.take("/api/me");
    tab.auth().logout();
    late.answer(page(&user("alice")));
    browser.settle();
    assert_eq!(*call.borrow(), Some(Err(Error::SignedOut)));
}

/// Seen in nextauthjs/next-auth#11240, #8897.
#[test]
fn older_cookie_never_overwrites_newer() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let tab = browser.open();
    let auth = tab.auth();
    let _login = browser.begin(async move { auth.login(&bob()).await });
    assert_eq!(
        browser.count(LOGIN),
        0,
        "it waits for the refresh that is on its way"
    );
    browser.answer(REFRESH, signed_in("alice", "t1"));
    browser.answer(LOGIN, signed_in("bob", "t2"));
    let name = tab.snapshot().user.map(|user| user.username.clone());
    assert_eq!(name.as_deref(), Some("bob"));
    assert_eq!(browser.hint().as_deref(), Some("somebody 5"));
}

#[test]
fn a_login_says_what_was_wrong_and_touches_nothing() {
    let mut browser = Browser::new();
    let tab = browser.open();
    for answer in [problem(ErrorCode::InvalidCredentials), offline()] {
        let auth = tab.auth();
        let login = browser.begin(async move { auth.login(&bob()).await });
        browser.answer(LOGIN, answer);
        assert!(matches!(*login.borrow(), Some(Err(_))));
        assert_eq!(tab.snapshot().phase, Phase::SignedOut);
        assert_eq!(browser.hint(), None);
    }
    assert_eq!(browser.count(REFRESH), 0);
}

/// Invariant I-30, as far as storage goes.
#[test]
fn no_token_reaches_storage() {
    let mut browser = Browser::new();
    let tab = browser.open();
    let auth = tab.auth();
    let account = Register {
        username: "alice".to_owned(),
        password: Password::new("a phrase of alice's"),
    };
    let _register = browser.begin(async move { auth.register(&account).await });
    browser.answer("/api/auth/register", signed_in("alice", "tell-nobody"));
    browser.advance(Millis::from_secs(720));
    browser.answer(REFRESH, signed_in("alice", "tell-nobody"));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
    let stored = browser.stored();
    assert!(stored.contains("somebody 1"));
    assert!(
        !stored.contains("tell-nobody") && !stored.contains("alice"),
        "{stored}"
    );
    assert!(!format!("{tab:?}").contains("tell-nobody"));
}

#[test]
fn a_changed_password_brings_a_new_token_even_where_the_old_one_was_over() {
    let (mut browser, tab) = Browser::with_alice();
    let api = tab.api();
    let change = ChangePassword {
        current_password: Password::new("one"),
        new_password: Password::new("another long phrase"),
    };
    let call = browser.begin(async move { api.change_password(&change).await });
    browser.answer("/api/me/password", problem(ErrorCode::TokenExpired));
    browser.answer(REFRESH, signed_in("alice", "t2"));
    browser.answer("/api/me/password", signed_in("alice", "t3"));
    assert_eq!(*call.borrow(), Some(Ok(())));
    let api = tab.api();
    let _me = browser.begin(async move { api.me().await });
    let request = browser.take("/api/me").request;
    assert_eq!(request.header_value("Authorization"), Some("Bearer t3"));
}

#[test]
fn ending_the_other_sessions_keeps_this_one() {
    let (mut browser, tab) = Browser::with_alice();
    let auth = tab.auth();
    let call = browser.begin(async move { auth.logout_others().await });
    let request = browser.answer(LOGOUT, no_content());
    assert_eq!(request.body.as_deref(), Some(r#"{"scope":"others"}"#));
    assert_eq!(*call.borrow(), Some(Ok(())));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}

/// Seen in supabase-js#2013: whoever listens may call anything.
#[test]
fn callback_reenters_auth() {
    let (mut browser, tab) = Browser::with_alice();
    let seen: Rc<RefCell<Vec<Phase>>> = Rc::default();
    let (log, inner) = (seen.clone(), tab.clone());
    let subscription = tab.observe(move |snapshot| {
        log.borrow_mut().push(snapshot.phase);
        let _short = inner.observe(|_| {});
        inner.on_page_resumed();
        if snapshot.phase == Phase::Refreshing {
            inner.auth().logout();
        }
    });
    browser.advance(Millis::from_secs(720));
    assert_eq!(seen.borrow().last(), Some(&Phase::SignedOut));
    let heard = seen.borrow().len();
    drop(subscription);
    let auth = tab.auth();
    let _login = browser.begin(async move { auth.login(&bob()).await });
    assert_eq!(browser.count(REFRESH), 0, "it had not set out yet");
    browser.answer(LOGOUT, no_content());
    browser.answer(LOGIN, signed_in("bob", "t3"));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
    assert_eq!(seen.borrow().len(), heard, "who left hears nothing");
}
