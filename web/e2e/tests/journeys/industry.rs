//! Failures of other systems that only a browser can show, by their names in docs/industry-bugs.md.

use e2e::{Stage, journey, until};

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
