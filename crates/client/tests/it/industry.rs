//! Failures of other systems that the client alone can show, by their names in
//! docs/industry-bugs.md.

use crate::world::{Browser, no_content, page, problem, signed_in, user};
use client::{Millis, Phase};
use shared::error_code::ErrorCode;

const REFRESH: &str = "/api/auth/refresh";
const LOGOUT: &str = "/api/auth/logout";
const ME: &str = "/api/me";

/// Seen in supabase/auth-js#441: restoring, calling and waking each had a refresh of their own.
#[test]
fn every_entry_goes_through_the_gate() {
    let mut browser = Browser::new();
    browser.remember("somebody 4");
    let tab = browser.open();
    let (first, second) = (tab.api(), tab.api());
    let _first = browser.begin(async move { first.me().await });
    let _second = browser.begin(async move { second.sessions().await });
    tab.on_page_resumed();
    browser.settle();
    assert_eq!(browser.count_all(), 1, "restoring, two calls and a wake");
    browser.answer(REFRESH, signed_in("alice", "t1"));
    browser.answer(ME, problem(ErrorCode::TokenExpired));
    tab.on_page_resumed();
    browser.settle();
    assert_eq!(browser.count(REFRESH), 2, "a refusal and a wake");
    browser.answer(REFRESH, signed_in("alice", "t2"));
    browser.answer(ME, page(&user("alice")));
}

/// Seen in geolens-io/geolens#2038: a client that found its session dead revoked it, and with it
/// whatever the person had started meanwhile.
#[test]
fn dead_session_does_not_log_out_the_user() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    browser.answer(REFRESH, problem(ErrorCode::SessionExpired));
    assert_eq!(tab.snapshot().phase, Phase::SignedOut);
    browser.advance(Millis::from_secs(7_200));
    assert_eq!(browser.count(LOGOUT), 0, "nobody asked for that");
    browser.remember("somebody 9");
    let again = browser.open();
    browser.answer(REFRESH, signed_in("alice", "t3"));
    again.auth().logout();
    browser.settle();
    browser.answer(LOGOUT, no_content());
    assert_eq!(browser.count(LOGOUT), 1, "now somebody did");
}

/// Seen in Flyrell/axios-auth-refresh#97, #120. The other half is that a guarded door to an
/// endpoint of the session does not compile.
#[test]
fn refresh_is_not_intercepted_by_itself() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    let asked = browser.answer(REFRESH, problem(ErrorCode::TokenExpired));
    assert_eq!(asked.header_value("Authorization"), None);
    assert_eq!(browser.count(REFRESH), 1, "a refused refresh starts none");
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}

/// Seen in mozilla/fxa-oauth-server#370: all browsers came back in the same second.
#[test]
fn herd_is_jittered() {
    let mut moments = Vec::new();
    for seed in 0..20 {
        let mut browser = Browser::new();
        browser.rolls(seed);
        browser.remember("somebody 1");
        let _tab = browser.open();
        browser.answer(REFRESH, signed_in("alice", "t1"));
        let refreshed = (1..=900).find(|_| {
            browser.advance(Millis::from_secs(1));
            browser.count(REFRESH) == 2
        });
        moments.push(refreshed.expect("it refreshes before the token ends"));
    }
    moments.sort_unstable();
    moments.dedup();
    assert!(moments.len() > 10, "{moments:?}");
}
