//! Failures of other systems that only a browser can show, by their names in docs/industry-bugs.md.

use e2e::{Stage, journey, until};
use std::time::Duration;

/// Seen in axum-login#22, #62: after signing in one was somewhere else, or on somebody else's site.
#[tokio::test]
async fn next_page_after_login() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.signs_out().await;
        alice.opens("/sessions").await;
        alice.sees_page("Sign in").await;
        alice.enters(&alice.password).await;
        alice.sees_page("Sessions").await;
        alice.is_at("/sessions").await;
        alice.signs_out().await;
        for elsewhere in [
            "//evil.example",
            "https:%2F%2Fevil.example",
            "%2F%5Cevil.example",
        ] {
            alice.opens(&format!("/sign-in?next={elsewhere}")).await;
            alice.sees_page("Sign in").await;
            alice.enters(&alice.password).await;
            alice.is_home().await;
            alice.signs_out().await;
        }
    })
    .await;
}

/// Seen in trunk-rs/trunk#440, #879: the proxy of the dev server lost cookies and rewrote the origin.
#[tokio::test]
async fn dev_proxy_keeps_cookies_and_origin() {
    journey(Stage::trunk(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        assert!(
            alice.refresh_token().await.is_some(),
            "the cookie came through"
        );
        alice.reloads().await;
        alice.sees_what_the_api_knows().await;
        alice.never_saw_page("Sign in").await;
        alice.signs_out().await;
        until("the cookie is gone", async || {
            alice.refresh_token().await.is_none().then_some(())
        })
        .await;
    })
    .await;
}

/// Seen in teamhanko/hanko#2471: `Secure` on plain http, and Safari kept no cookie on localhost.
#[tokio::test]
async fn safari_on_http_localhost() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let cookies = alice.cookies().await;
        let names: Vec<_> = cookies
            .iter()
            .filter_map(|cookie| cookie["name"].as_str())
            .collect();
        let port = world.origin().rsplit(':').next().expect("it has one");
        assert_eq!(names, [format!("device-{port}"), format!("refresh-{port}")]);
        for cookie in cookies {
            assert_eq!(cookie["path"], "/", "{cookie}");
            assert_eq!(cookie["domain"], "127.0.0.1", "{cookie}");
            assert_eq!(cookie["httpOnly"], true, "{cookie}");
            assert_eq!(cookie["sameSite"], "Strict", "{cookie}");
            assert_eq!(cookie["secure"], false, "{cookie}");
            assert_eq!(
                cookie["session"], false,
                "it outlives the browser: {cookie}"
            );
        }
    })
    .await;
}

/// Seen in firebase-js-sdk#6032, koala73/worldmonitor#5938, oidc-client-js#884: a token was over on
/// arrival, or never.
#[tokio::test]
async fn wrong_clock_still_works() {
    const HOUR: i32 = 3600;
    let stage = Stage::one_binary().with("ACCESS_TOKEN_TTL", "4s");
    journey(stage, async |world| {
        for (name, off) in [("alice", HOUR), ("bob", -HOUR)] {
            let person = world.person(name).await;
            person.has_a_clock_that_is_off(off).await;
            person.registers().await;
            person.sees_what_the_api_knows().await;
            person.counts_from_here().await;
            until("the page renews its token", async || {
                (person.refreshes().await >= 2).then_some(())
            })
            .await;
            person.clicks("Ask the API again").await;
            person.calls_until("GET /api/auth/session 200", 1).await;
            person.reloads().await;
            person.sees_what_the_api_knows().await;
            person.never_saw_page("Sign in").await;
            let calls = person.calls().await;
            let refused = calls.iter().find(|call| !call.ends_with(" 200"));
            assert_eq!(refused, None, "{calls:?}");
            // At 0.7 of its life at the earliest, which is told in whole seconds and may be three;
            // but the reload asks when it likes.
            let times = person.refreshes_were_at().await;
            let pauses = times.windows(2).map(|pair| pair[1].saturating_sub(pair[0]));
            let hasty = pauses.filter(|pause| *pause < Duration::from_millis(2100));
            assert!(hasty.count() <= 1, "{times:?}");
        }
    })
    .await;
}

/// Seen in Morelitea/initiative#369: being refused a thing was taken for being signed out.
#[tokio::test]
async fn forbidden_is_not_expired() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        world.weather().says_forbidden("GET /api/auth/session");
        alice.counts_from_here().await;
        alice.clicks("Ask the API again").await;
        alice.sees("You may not do this.").await;
        alice.is_home().await;
        assert_eq!(alice.calls().await, ["GET /api/auth/session 403"]);
    })
    .await;
}
