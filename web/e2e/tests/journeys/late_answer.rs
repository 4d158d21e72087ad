//! Answers that come when nobody waits for them any more.

use e2e::{Person, Stage, World, journey};

const REFRESH: &str = "POST /api/auth/refresh";
const LOGOUT: &str = "POST /api/auth/logout";
const FACTS: &str = "GET /api/auth/session";

/// Whatever the browser kept opens nothing any more.
async fn the_session_is_over(world: &World, person: &Person, cookie: &str) {
    let wire = world.api().wire();
    let kept = person.refresh_token().await;
    for token in kept.iter().map(String::as_str).chain([cookie]) {
        let refused = wire.refreshes_with(token, world.origin()).await;
        assert_eq!(refused.code.as_deref(), Some("session_revoked"));
    }
    let refused = wire.asks_with(&person.access_token().await).await;
    assert_eq!(refused.code.as_deref(), Some("session_revoked"));
}

/// I-28. Seen in CERTUNLP/ngen#275, auth0/nextjs-auth0#544: the answer signed the person in again.
#[tokio::test]
async fn logout_beats_refresh_in_flight() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        let first = alice.this_tab().await;
        let second = alice.opens_a_tab().await;
        alice.opens("/home").await;
        alice.sees_what_the_api_knows().await;

        alice.turns_to(&first).await;
        alice.clicks("Token").await;
        alice.sees("Refresh now").await;
        let cookie = alice.refresh_token().await.expect("there is a cookie");
        world.weather().delays_answers_to(REFRESH);
        world.weather().counts_from_here();
        alice.clicks("Refresh now").await;
        world.weather().has_passed(REFRESH, 1).await;
        alice.signs_out().await;
        alice.turns_to(&second).await;
        alice.sees_page("Sign in").await;

        world.weather().clears();
        world.weather().has_passed(LOGOUT, 1).await;
        alice.requests().await;
        for tab in [&first, &second] {
            alice.turns_to(tab).await;
            alice.sees_page("Sign in").await;
            alice.has_nothing_to_click("Sign out").await;
        }
        assert_eq!(alice.refresh_token().await, None);
        the_session_is_over(world, &alice, &cookie).await;
        alice.reloads().await;
        alice.sees_page("Sign in").await;
    })
    .await;
}

/// I-28: the sibling asks, and is answered after all tabs have left.
#[tokio::test]
async fn a_refresh_that_is_answered_after_signing_out_restores_nothing() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        let first = alice.this_tab().await;
        let second = alice.opens_a_tab_at("/token").await;
        alice.sees("Refresh now").await;
        world.weather().delays_answers_to(REFRESH);
        world.weather().counts_from_here();
        alice.clicks("Refresh now").await;
        world.weather().has_passed(REFRESH, 1).await;

        alice.turns_to(&first).await;
        alice.signs_out().await;
        world.weather().clears();
        world.weather().has_passed(LOGOUT, 1).await;
        alice.sees_page("Sign in").await;
        alice.turns_to(&second).await;
        alice.sees_page("Sign in").await;
        alice.reloads().await;
        alice.sees_page("Sign in").await;
        if let Some(cookie) = alice.refresh_token().await {
            let wire = world.api().wire();
            let refused = wire.refreshes_with(&cookie, world.origin()).await;
            assert_eq!(refused.code.as_deref(), Some("session_revoked"));
        }
    })
    .await;
}

/// I-28. A page that was asked for before signing out shows nothing of it after.
#[tokio::test]
async fn what_a_page_asked_for_before_signing_out_does_not_appear_after_it() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        let cookie = alice.refresh_token().await.expect("there is a cookie");
        world.weather().delays_answers_to(FACTS);
        world.weather().counts_from_here();
        alice.clicks("Ask the API again").await;
        world.weather().has_passed(FACTS, 1).await;
        alice.signs_out().await;
        world.weather().clears();
        alice.requests().await;
        alice.sees_page("Sign in").await;
        alice.does_not_see("Subject").await;
        alice.has_nothing_to_click("Sign out").await;
        the_session_is_over(world, &alice, &cookie).await;
    })
    .await;
}
