//! Several tabs of one browser.

use crate::world::{Browser, page, problem, signed_in, user};
use client::{Millis, Phase, SignOutReason};
use shared::error_code::ErrorCode;

const REFRESH: &str = "/api/auth/refresh";

/// Seen in okta/okta-auth-js#717 and nextauthjs/next-auth#2071 (`broadcast_causes_no_storm`).
#[test]
fn sibling_adopts_without_reload() {
    let (mut browser, first) = Browser::with_alice();
    let second = browser.open_later();
    browser.answer(REFRESH, signed_in("alice", "t2"));
    browser.forget_sent();
    browser.advance(Millis::from_secs(60));
    for tab in [&first, &second] {
        let api = tab.api();
        let _me = browser.begin(async move { api.me().await });
        let request = browser.answer("/api/me", page(&user("alice")));
        assert_eq!(request.header_value("Authorization"), Some("Bearer t2"));
    }
    assert_eq!(browser.count(REFRESH), 0);
}

/// Seen in supabase/supabase#8959 (`three_tabs_refresh_at_once`): nobody is signed out, and tabs
/// that set out later share the attempt key.
#[test]
fn many_tabs_restored_at_once_are_one_attempt() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let tabs = browser.restore(30);
    let waiting: Vec<_> = (0..30).map(|_| browser.take(REFRESH)).collect();
    let key = waiting[0]
        .request
        .header_value("Refresh-Attempt")
        .map(ToOwned::to_owned);
    assert!(key.is_some());
    for waiting in waiting {
        assert_eq!(
            waiting.request.header_value("Refresh-Attempt"),
            key.as_deref()
        );
        waiting.answer(signed_in("alice", "t1"));
    }
    browser.settle();
    assert!(
        tabs.iter()
            .all(|tab| tab.snapshot().phase == Phase::SignedIn)
    );
    assert_eq!(
        browser.count(REFRESH),
        30,
        "no answer makes another request"
    );
}

/// The server may have served the later try, whose answer is lost: only its key tells that the next
/// one repeats it. The model's larger worlds found it.
#[test]
fn a_siblings_answer_leaves_the_key_of_a_later_try() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let _tabs = browser.restore(2);
    let (first, _lost) = (browser.take(REFRESH), browser.take(REFRESH));
    let key = first.request.header_value("Refresh-Attempt");
    let key = key.expect("a refresh has one").to_owned();
    first.answer(signed_in("alice", "t1"));
    browser.settle();
    assert!(browser.stored().contains(&key));

    browser.advance(Millis::from_secs(900));
    let repeat = browser.take(REFRESH);
    assert_eq!(repeat.request.header_value("Refresh-Attempt"), Some(&*key));
}

/// Each would spend the token that the one before it got; what is on its way meanwhile would look
/// stolen to the server.
#[test]
fn tabs_restored_one_after_the_other_spend_one_token() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let mut tabs: Vec<_> = (0..10).map(|_| browser.open()).collect();
    browser.answer(REFRESH, signed_in("alice", "t1"));
    tabs.extend((0..20).map(|_| browser.open()));
    assert!(
        tabs.iter()
            .all(|tab| tab.snapshot().phase == Phase::SignedIn)
    );
    browser.advance(Millis::from_secs(60));
    assert_eq!(browser.count(REFRESH), 1);
}

/// A tab that crashed answers nobody, and a frozen one does later.
#[test]
fn a_sibling_that_does_not_answer_is_waited_for_a_second() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    drop(browser.open());
    browser.close_all();
    let tab = browser.open();
    browser.advance(Millis(999));
    assert_eq!(
        (browser.count(REFRESH), tab.snapshot().phase),
        (1, Phase::Restoring)
    );
    browser.advance(Millis(1));
    browser.answer(REFRESH, signed_in("alice", "t1"));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}

#[test]
fn a_page_that_is_reloaded_does_not_wait_for_itself() {
    let (mut browser, tab) = Browser::with_alice();
    tab.on_page_hidden();
    browser.close_all();
    let _again = browser.open();
    assert_eq!(browser.count(REFRESH), 1);
}

#[test]
fn a_tab_that_goes_away_leaves_a_siblings_note_alone() {
    let (mut browser, first) = Browser::with_alice();
    let second = browser.open();
    second.on_page_hidden();
    let third = browser.open();
    assert_eq!(browser.count(REFRESH), 0, "the first answered");
    first.on_page_hidden();
    let _fourth = browser.open();
    assert_eq!(browser.count(REFRESH), 1, "who is left was not asked");
    drop(third);
}

/// Early refreshes are spread; whoever is first spares the others theirs.
#[test]
fn one_tab_renews_for_all() {
    let (mut browser, _first) = Browser::with_alice();
    for _ in 0..4 {
        browser.open();
    }
    browser.forget_sent();
    for _ in 0..900 {
        browser.advance(Millis::from_secs(1));
        if browser.count(REFRESH) > 0 {
            break;
        }
    }
    let first_wave = browser.count(REFRESH);
    assert!((1..5).contains(&first_wave), "{first_wave} of 5 tabs");
    for _ in 0..first_wave {
        browser.answer(REFRESH, signed_in("alice", "t2"));
    }
    browser.advance(Millis::from_secs(600));
    assert_eq!(browser.count(REFRESH), first_wave);
}

#[test]
fn signing_out_in_one_tab_signs_out_the_others() {
    let (mut browser, first) = Browser::with_alice();
    let second = browser.open();
    first.auth().logout();
    browser.settle();
    assert_eq!(
        first.snapshot().sign_out_reason,
        Some(SignOutReason::SignedOut)
    );
    let other = second.snapshot();
    assert_eq!(
        other.sign_out_reason,
        Some(SignOutReason::SignedOutInAnotherTab)
    );
    assert_eq!((other.phase, other.user), (Phase::SignedOut, None));
    assert_eq!(
        browser.count("/api/auth/logout"),
        1,
        "one tab tells the server"
    );
}

#[test]
fn a_session_that_ends_in_one_tab_ends_in_all() {
    let (mut browser, first) = Browser::with_alice();
    let second = browser.open();
    let api = second.api();
    let _me = browser.begin(async move { api.me().await });
    browser.answer("/api/me", problem(ErrorCode::SessionRevoked));
    assert_eq!(
        first.snapshot().sign_out_reason,
        Some(SignOutReason::Revoked(None))
    );
    assert_eq!(
        second.snapshot().sign_out_reason,
        Some(SignOutReason::Revoked(None))
    );
}

#[test]
fn a_call_of_one_person_never_goes_out_as_another() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(3600));
    let api = tab.api();
    let call = browser.begin(async move { api.end_session("1").await });
    tab.on_sibling_message(
        r#"{"token":{"epoch":9,"sign_in":true,"access_token":"bobs","expires_in":900000,
        "user":{"id":"id-of-bob","username":"bob","roles":["user"],"created_at":0}}}"#,
    );
    browser.settle();
    assert_eq!(*call.borrow(), Some(Err(client::Error::SignedOut)));
    assert_eq!(browser.count("/api/me/sessions/1"), 0);
    let name = tab.snapshot().user.map(|user| user.username.clone());
    assert_eq!(name.as_deref(), Some("bob"));
}

#[test]
fn what_a_tab_of_another_version_says_is_silence() {
    let (mut browser, tab) = Browser::with_alice();
    for message in ["", "{}", r#"{"dance":{}}"#, r#"{"left":{"epoch":"9"}}"#] {
        tab.on_sibling_message(message);
    }
    browser.settle();
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}
