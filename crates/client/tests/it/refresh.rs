//! What becomes of a refresh.

use crate::world::{Browser, ended, hasty_problem, offline, problem, proxy, signed_in};
use client::{Millis, Phase, Response, SignOutReason};
use shared::error_code::{ErrorCode, RecoveryAction};
use shared::session::RevocationReason;

const REFRESH: &str = "/api/auth/refresh";

#[test]
fn the_token_is_renewed_before_it_ends() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    assert_eq!(browser.count(REFRESH), 1);
    assert_eq!(tab.snapshot().phase, Phase::Refreshing);
    browser.answer(REFRESH, signed_in("alice", "t2"));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}

/// Seen in workos/authkit-js#130, metadist/synaplan#1355. Invariant I-27.
#[test]
fn server_error_is_not_logout() {
    for answer in [
        offline(),
        problem(ErrorCode::InternalError),
        hasty_problem(ErrorCode::RateLimited, "5"),
        problem(ErrorCode::Unavailable),
        proxy(502),
        proxy(200),
    ] {
        let (mut browser, tab) = Browser::with_alice();
        browser.advance(Millis::from_secs(720));
        browser.answer(REFRESH, answer.clone());
        assert_eq!(tab.snapshot().phase, Phase::SignedIn, "{answer:?}");
        browser.advance(Millis::from_secs(180));
        assert_eq!(tab.snapshot().phase, Phase::Offline, "{answer:?}");
        assert_eq!(browser.count(REFRESH), 2, "it is tried again");
        browser.answer(REFRESH, signed_in("alice", "t2"));
        assert_eq!(tab.snapshot().phase, Phase::SignedIn);
    }
}

/// Seen in Shopify/hydrogen#3916: a proxy's 401 is not the API's.
#[test]
fn code_decides_not_status() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    browser.answer(REFRESH, proxy(401));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
    for code in ErrorCode::ALL {
        let (mut browser, tab) = Browser::with_alice();
        browser.advance(Millis::from_secs(720));
        browser.answer(REFRESH, problem(code));
        let over = code.recovery_action() == RecoveryAction::SignInAgain;
        assert_eq!(tab.snapshot().phase == Phase::SignedOut, over, "{code:?}");
        assert_eq!(tab.snapshot().sign_out_reason.is_some(), over, "{code:?}");
    }
}

#[test]
fn a_terminal_answer_ends_the_session_with_its_reason() {
    for (answer, ending) in [
        (problem(ErrorCode::SessionExpired), SignOutReason::Expired),
        (problem(ErrorCode::RefreshReused), SignOutReason::Reused),
        (problem(ErrorCode::RefreshMissing), SignOutReason::NoCookie),
        (problem(ErrorCode::RefreshInvalid), SignOutReason::Unknown),
        (
            ended(RevocationReason::PasswordChanged),
            SignOutReason::Revoked(Some(RevocationReason::PasswordChanged)),
        ),
    ] {
        let (mut browser, tab) = Browser::with_alice();
        browser.advance(Millis::from_secs(720));
        browser.answer(REFRESH, answer);
        let snapshot = tab.snapshot();
        assert_eq!(
            (snapshot.phase, snapshot.sign_out_reason),
            (Phase::SignedOut, Some(ending))
        );
        assert_eq!(snapshot.user, None);
        let hint = browser.hint();
        assert!(hint.is_some_and(|hint| hint.starts_with("nobody 2 ")));
    }
}

/// Seen in stablyai/orca#18719 (`blind_replay_after_timeout`): an answer gets its time, and the
/// try that follows is the same attempt.
#[test]
fn a_refresh_that_nobody_answers_is_given_up_late_and_tried_again_as_the_same_attempt() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    let lost = browser.take(REFRESH);
    browser.advance(Millis::from_secs(29));
    assert!(!lost.is_given_up());
    browser.advance(Millis::from_secs(1));
    assert!(lost.is_given_up());
    browser.advance(Millis::from_secs(1));
    let again = browser.answer(REFRESH, signed_in("alice", "t2"));
    let attempt = |request: &client::Request| {
        request
            .header_value("Refresh-Attempt")
            .map(ToOwned::to_owned)
    };
    assert_eq!(attempt(&lost.request), attempt(&again));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);

    browser.advance(Millis::from_secs(720));
    let next = browser.take(REFRESH).request;
    assert_ne!(
        attempt(&again),
        attempt(&next),
        "an answered attempt is over"
    );
}

/// Seen in ginlix-ai/LangAlpha#387.
#[test]
fn retry_after_is_honoured() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    browser.answer(REFRESH, hasty_problem(ErrorCode::RateLimited, "100"));
    browser.advance(Millis::from_secs(99));
    tab.on_page_resumed();
    browser.settle();
    assert_eq!(browser.count(REFRESH), 1, "nothing makes it earlier");
    browser.advance(Millis::from_secs(26));
    assert_eq!(browser.count(REFRESH), 2);
}

/// Seen in hypothesis/client#384, oidc-client-ts#251.
#[test]
fn laptop_sleeps_two_hours() {
    let (mut browser, tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(7200));
    tab.on_page_resumed();
    browser.settle();
    assert_eq!(browser.count(REFRESH), 1);
    browser.answer(REFRESH, signed_in("alice", "t2"));
    assert_eq!(tab.snapshot().phase, Phase::SignedIn);
}

#[test]
fn a_token_that_ends_at_once_makes_no_storm() {
    let (mut browser, _tab) = Browser::with_alice();
    browser.advance(Millis::from_secs(720));
    let body = r#"{"access_token":"t","token_type":"Bearer","expires_in":0,"user":{"id":"id-of-alice",
        "username":"alice","roles":["user"],"created_at":0}}"#;
    browser.answer(
        REFRESH,
        Ok(Response {
            status: 200,
            retry_after: None,
            body: body.to_owned(),
        }),
    );
    assert_eq!(browser.count(REFRESH), 1);
    browser.advance(Millis(600));
    assert_eq!(browser.count(REFRESH), 1);
}
