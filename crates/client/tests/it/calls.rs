//! Calls with a token that is over, refused or not there yet.

use crate::world::{Browser, hasty_problem, offline, page, problem, signed_in, user};
use client::{Error, Millis, Phase};
use shared::account::UpdateProfile;
use shared::error_code::{ErrorCode, RecoveryAction};

const REFRESH: &str = "/api/auth/refresh";
const ME: &str = "/api/me";

/// Invariant I-26. Seen in saleor/saleor-dashboard#6795 (`wake_fans_out_once`).
#[test]
fn many_expired_calls_share_one_refresh_and_are_replayed_once_each() {
    let (mut browser, tab) = Browser::with_alice();
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let api = tab.api();
            browser.begin(async move { api.me().await })
        })
        .collect();
    for _ in 0..50 {
        browser.answer(ME, problem(ErrorCode::TokenExpired));
    }
    assert_eq!(browser.count(REFRESH), 1);
    browser.answer(REFRESH, signed_in("alice", "t2"));
    for _ in 0..50 {
        let replay = browser.answer(ME, page(&user("alice")));
        assert_eq!(replay.header_value("Authorization"), Some("Bearer t2"));
    }
    assert_eq!(browser.count(ME), 100);
    assert_eq!(browser.count(REFRESH), 1);
    assert!(
        calls
            .iter()
            .all(|call| matches!(*call.borrow(), Some(Ok(_))))
    );
}

/// A straggler whose refusal arrives after the new token replays at once, without another refresh.
#[test]
fn a_late_refusal_of_an_old_token_makes_no_refresh() {
    let (mut browser, tab) = Browser::with_alice();
    let (first, second) = (tab.api(), tab.api());
    let _first = browser.begin(async move { first.me().await });
    let second = browser.begin(async move { second.me().await });
    browser.answer(ME, problem(ErrorCode::TokenExpired));
    let straggler = browser.take(ME);
    browser.answer(REFRESH, signed_in("alice", "t2"));
    straggler.answer(problem(ErrorCode::TokenExpired));
    browser.answer(ME, page(&user("alice")));
    browser.answer(ME, page(&user("alice")));
    assert_eq!(browser.count(REFRESH), 1);
    assert!(matches!(*second.borrow(), Some(Ok(_))));
}

/// Seen in bucketeer#2455. Only codes that say refresh make one; invariant I-29.
#[test]
fn other_401_does_not_refresh() {
    for code in ErrorCode::ALL {
        let (mut browser, tab) = Browser::with_alice();
        let api = tab.api();
        let call = browser.begin(async move { api.update_me(&UpdateProfile::default()).await });
        browser.answer(ME, problem(code));
        let refreshes = usize::from(code.recovery_action() == RecoveryAction::Refresh);
        assert_eq!(browser.count(REFRESH), refreshes, "{code:?}");
        if refreshes == 0 {
            assert_eq!(browser.count(ME), 1, "{code:?} must not be repeated");
            let came = call
                .borrow()
                .as_ref()
                .map(|came| came.as_ref().map_err(Error::code).err());
            assert_eq!(came, Some(Some(Some(code))));
        }
    }
}

/// Seen in Morelitea/initiative#369.
#[test]
fn forbidden_is_not_expired() {
    let (mut browser, tab) = Browser::with_alice();
    let api = tab.api();
    let call = browser.begin(async move { api.user("1").await });
    browser.answer("/api/admin/users/1", problem(ErrorCode::InsufficientScope));
    assert!(matches!(*call.borrow(), Some(Err(Error::Problem { .. }))));
    assert_eq!(browser.count_all(), 1);
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}

/// Seen in supertokens-website#210, #258.
#[test]
fn refresh_401_does_not_loop() {
    let (mut browser, tab) = Browser::with_alice();
    let api = tab.api();
    let call = browser.begin(async move { api.me().await });
    browser.answer(ME, problem(ErrorCode::TokenExpired));
    browser.answer(REFRESH, signed_in("alice", "t2"));
    browser.answer(ME, problem(ErrorCode::TokenExpired));
    assert_eq!((browser.count(ME), browser.count(REFRESH)), (2, 1));
    let code = call
        .borrow()
        .as_ref()
        .and_then(|came| came.as_ref().err()?.code());
    assert_eq!(code, Some(ErrorCode::TokenExpired));
}

/// Invariant I-29: what may have been processed is never sent again.
#[test]
fn a_call_whose_answer_is_lost_is_not_repeated() {
    let (mut browser, tab) = Browser::with_alice();
    for answer in [
        offline(),
        problem(ErrorCode::InternalError),
        problem(ErrorCode::Unavailable),
    ] {
        browser.forget_sent();
        let api = tab.api();
        let call = browser.begin(async move { api.end_session("1").await });
        browser.answer("/api/me/sessions/1", answer);
        assert!(matches!(*call.borrow(), Some(Err(_))));
        assert_eq!(browser.count_all(), 1);
    }
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}

/// Seen in angular/angular#21172.
#[test]
fn parked_calls_keep_their_requests() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(3600));
    let (api, other) = (tab.api(), tab.api());
    let change = UpdateProfile {
        display_name: Some("Alice A.".to_owned()),
    };
    let body = serde_json::to_string(&change).expect("BUG: the contract is JSON");
    let _me = browser.begin(async move { api.update_me(&change).await });
    let _end = browser.begin(async move { other.end_session("7").await });
    assert_eq!(browser.count(ME), 0, "an expired token is not even tried");
    browser.answer(REFRESH, signed_in("alice", "t2"));
    let first = browser.take(ME).request;
    let second = browser.take("/api/me/sessions/7").request;
    assert_eq!((first.method.as_str(), first.body), ("PATCH", Some(body)));
    assert_eq!((second.method.as_str(), second.body), ("DELETE", None));
}

/// Seen in nightscout/nocturne#391 (`losers_are_not_shown_signed_out`), and its dark side: where
/// there is no winner, all get the same error.
#[test]
fn parked_calls_share_the_error_of_a_failed_refresh() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(3600));
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let api = tab.api();
            browser.begin(async move { api.me().await })
        })
        .collect();
    browser.answer(REFRESH, hasty_problem(ErrorCode::Unavailable, "20"));
    for call in &calls {
        let came = call
            .borrow()
            .as_ref()
            .and_then(|came| came.as_ref().err()?.code());
        assert_eq!(came, Some(ErrorCode::Unavailable));
    }
    let api = tab.api();
    let impatient = browser.begin(async move { api.me().await });
    let came = impatient
        .borrow()
        .as_ref()
        .and_then(|came| came.as_ref().err()?.code());
    assert_eq!(
        came,
        Some(ErrorCode::Unavailable),
        "the next try has its time"
    );
    assert_eq!((browser.count(REFRESH), browser.count(ME)), (1, 0));
    assert!(tab.snapshot().user.is_some());
}
