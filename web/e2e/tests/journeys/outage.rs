//! The API or the network goes away and comes back while a page is open.

use e2e::{Person, Stage, World, journey, until};

const BANNER: &str = "You stay signed in; we keep trying.";

/// Short, so that the token ends during the outage.
const TTL: &str = "4s";

async fn an_outage_keeps_the_session(world: &World) -> std::sync::Arc<Person> {
    let alice = world.person("alice").await;
    alice.registers().await;
    alice.sees_what_the_api_knows().await;
    world.api().stop();
    alice.clicks("Ask the API again").await;
    alice.sees(BANNER).await;
    // One outage, one message; and what was read before stays on the page.
    alice.does_not_see("Try again").await;
    alice.does_not_see("did not reach the server").await;
    alice.sees_what_the_api_knows().await;
    alice.is_home().await;
    alice.clicks("Sessions").await;
    alice.has_nothing_to_click("Try again").await;

    world.api().start().await;
    // Nobody clicks anything.
    alice.no_longer_sees(BANNER).await;
    alice.sees("This browser").await;
    alice.clicks("Home").await;
    alice.sees_what_the_api_knows().await;
    alice.is_home().await;
    alice.never_saw_page("Sign in").await;
    alice
}

#[tokio::test]
async fn an_outage_keeps_the_session_through_the_one_binary() {
    let stage = Stage::one_binary().with("ACCESS_TOKEN_TTL", TTL);
    journey(stage, async |world| {
        an_outage_keeps_the_session(world).await;
    })
    .await;
}

#[tokio::test]
async fn an_outage_keeps_the_session_through_trunks_proxy() {
    let stage = Stage::trunk().with("ACCESS_TOKEN_TTL", TTL);
    journey(stage, async |world| {
        let alice = an_outage_keeps_the_session(world).await;
        // Here the page itself can be loaded while the API is away.
        world.api().stop();
        alice.reloads().await;
        alice.sees_page("We cannot reach the server").await;
        alice.sees("You are not signed out.").await;
        world.api().start().await;
        alice.is_home().await;
        alice.sees_what_the_api_knows().await;
        alice.never_saw_page("Sign in").await;
    })
    .await;
}

#[tokio::test]
async fn a_lost_network_keeps_the_session() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        alice.is_connected(false).await;
        alice.sees("You are offline. You stay signed in").await;
        alice.clicks("Sessions").await;
        alice.sees_page("Sessions").await;
        for other in ["server cannot be reached", "did not reach", "Try again"] {
            alice.does_not_see(other).await;
        }
        alice.is_connected(true).await;
        alice.no_longer_sees("You are offline.").await;
        // The page reloads by itself what failed.
        alice.sees("This browser").await;
        alice.does_not_see("server cannot be reached").await;
        alice.never_saw_page("Sign in").await;
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
        alice.sees("The server has not heard of it yet").await;
        world.api().start().await;
        alice.reloads().await;
        until("the API hears of it", async || {
            let log = world.api().log();
            log.contains("/api/auth/logout").then_some(())
        })
        .await;
        let wire = world.api().wire();
        let refused = wire.refreshes_with(&cookie, world.origin()).await;
        assert_eq!(refused.code.as_deref(), Some("session_revoked"));
    })
    .await;
}
