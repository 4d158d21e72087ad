//! One day with the app, as most people will have it.

use e2e::{Stage, World, journey, until};

/// Short, so that a journey can wait for its end.
const TTL: &str = "4s";

async fn the_whole_day(world: &World) {
    let alice = world.person("alice").await;
    alice.registers().await;
    alice.sees_what_the_api_knows().await;

    alice.counts_from_here().await;
    alice.reloads().await;
    alice.sees_what_the_api_knows().await;
    alice.is_home().await;
    alice.never_saw_page("Sign in").await;
    assert_eq!(
        alice.calls().await,
        ["POST /api/auth/refresh 200", "GET /api/auth/session 200"]
    );

    // The token ends while the laptop sleeps. The browser does not know, the server does.
    world
        .token_ends_unnoticed(&alice, "Ask the API again")
        .await;
    alice.counts_from_here().await;
    alice.wakes_up().await;
    alice.clicks("Ask the API again").await;
    until("the call is answered", async || {
        (alice.calls().await.len() >= 3).then_some(())
    })
    .await;
    alice.sees_what_the_api_knows().await;
    assert_eq!(
        alice.calls().await,
        [
            "GET /api/auth/session 401",
            "POST /api/auth/refresh 200",
            "GET /api/auth/session 200"
        ]
    );

    let first = alice.this_tab().await;
    let second = alice.opens_a_tab().await;
    alice.opens("/account").await;
    alice.sees_page("Account").await;
    world.holds_nothing_open().await;

    alice.turns_to(&first).await;
    let spent = alice.refresh_token().await.expect("there is a cookie");
    // Two private pages are in the history then.
    alice.clicks("Account").await;
    alice.sees_page("Account").await;
    alice.signs_out().await;
    until("the cookie is gone", async || {
        alice.refresh_token().await.is_none().then_some(())
    })
    .await;
    alice.turns_to(&second).await;
    alice.sees("You signed out in another tab.").await;
    alice.sees_page("Sign in").await;
    alice.does_not_see("New password").await;

    alice.turns_to(&first).await;
    alice.goes_back().await;
    // Who left on purpose did not ask to come back.
    alice.is_at("/sign-in").await;
    alice.sees_page("Sign in").await;
    alice.does_not_see("Subject").await;
    alice.reloads().await;
    alice.sees_page("Sign in").await;

    let wire = world.api().wire();
    let refused = wire.refreshes_with(&spent, world.origin()).await;
    assert_eq!(
        (refused.status, refused.code.as_deref()),
        (401, Some("session_revoked"))
    );
}

#[tokio::test]
async fn the_whole_day_through_the_one_binary() {
    journey(
        Stage::one_binary().with("ACCESS_TOKEN_TTL", TTL),
        the_whole_day,
    )
    .await;
}

#[tokio::test]
async fn the_whole_day_through_trunks_proxy() {
    journey(Stage::trunk().with("ACCESS_TOKEN_TTL", TTL), the_whole_day).await;
}
