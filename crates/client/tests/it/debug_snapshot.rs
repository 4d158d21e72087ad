//! What a tab shows to a developer.

use crate::world::{Browser, page, signed_in, user};
use client::{LogEvent, Millis};

const ME: &str = "/api/me";
const REFRESH: &str = "/api/auth/refresh";

/// `{"iss":"i","aud":"a","sub":"s","sid":"7f","jti":"j","iat":1,"exp":2,"auth_time":1,"roles":["user"]}`
const TOKEN: &str = "e30.eyJpc3MiOiJpIiwiYXVkIjoiYSIsInN1YiI6InMiLCJzaWQiOiI3ZiIsImp0aSI6ImoiLCJpYXQiOjEsImV4cCI6MiwiYXV0aF90aW1lIjoxLCJyb2xlcyI6WyJ1c2VyIl19.signature";

#[test]
fn claims_are_shown_and_no_token() {
    let mut browser = Browser::new();
    browser.remember("somebody 1");
    let tab = browser.open();
    browser.answer(REFRESH, signed_in("alice", TOKEN));
    let inspection = tab.debug_snapshot();
    let claims = inspection.claims.as_ref().map(|claims| claims.sid.as_str());
    assert_eq!(claims, Some("7f"));
    assert_eq!(inspection.expires_in, Some(Millis::from_secs(900)));
    assert!(inspection.next_request_in < inspection.expires_in);
    let shown = format!("{inspection:?}");
    assert!(
        !shown.contains("signature") && !shown.contains("eyJ"),
        "{shown}"
    );
    let notes: Vec<_> = inspection.log.iter().map(|noted| noted.event).collect();
    assert_eq!(notes, [LogEvent::Refreshed, LogEvent::RefreshStarted]);
}

#[test]
fn a_token_that_counts_as_expired_is_replaced_before_the_next_call() {
    let (mut browser, tab) = Browser::with_alice();
    tab.expire_token();
    assert_eq!(browser.count(REFRESH), 0, "nobody needs one yet");
    assert_eq!(tab.debug_snapshot().expires_in, Some(Millis(0)));
    let api = tab.api();
    let call = browser.begin(async move { api.me().await });
    assert_eq!(
        (browser.count(ME), tab.debug_snapshot().queued_calls),
        (0, 1)
    );
    browser.answer(REFRESH, signed_in("alice", "t2"));
    browser.answer(ME, page(&user("alice")));
    assert!(matches!(*call.borrow(), Some(Ok(_))));
}

#[test]
fn a_refresh_can_be_asked_for() {
    let (mut browser, tab) = Browser::with_alice();
    tab.refresh_now();
    browser.answer(REFRESH, signed_in("alice", "t2"));
    assert_eq!(browser.count(REFRESH), 1);
    assert_eq!(tab.debug_snapshot().machine.serial, 2);
}

#[test]
fn siblings_answer_a_roll_call() {
    let (mut browser, tab) = Browser::with_alice();
    let other = browser.open();
    tab.ping_siblings();
    browser.settle();
    let inspection = tab.debug_snapshot();
    assert_eq!(inspection.siblings.len(), 1);
    assert_eq!(inspection.siblings[0].tab, other.debug_snapshot().tab);
    assert!(inspection.siblings[0].active);
    assert!(other.debug_snapshot().siblings.is_empty(), "it did not ask");
}
