//! The API goes away and comes back while a page is open.

use e2e::{Stage, journey, until};

#[tokio::test]
async fn an_outage_keeps_the_session() {
    let stage = Stage::trunk().with("ACCESS_TOKEN_TTL", "4s");
    journey(stage, async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        world.api().stop();
        alice.clicks("Ask the API again").await;
        alice.sees("Try again").await;
        alice.is_home().await;
        world.api().start().await;
        until("the session goes on", async || {
            alice.clicks("Try again").await;
            alice.does_not_see("Sign in").await;
            alice.saw("Subject").await
        })
        .await;
        alice.is_home().await;
    })
    .await;
}

#[tokio::test]
async fn a_sign_out_that_the_api_never_heard_of_is_told_later() {
    journey(Stage::trunk(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let cookie = alice.refresh_token().await.expect("there is a cookie");
        world.api().stop();
        alice.clicks("Sign out").await;
        alice.sees_page("Sign in").await;
        world.api().start().await;
        alice.reloads().await;
        let wire = world.api().wire();
        until("the API hears of it", async || {
            let log = world.api().log();
            log.contains("/api/auth/logout").then_some(())
        })
        .await;
        let refused = wire.refreshes_with(&cookie, world.origin()).await;
        assert_eq!(refused.code.as_deref(), Some("session_revoked"));
    })
    .await;
}
