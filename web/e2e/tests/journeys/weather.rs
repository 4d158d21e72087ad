//! Answers are lost, late or a proxy's, while a page is open.

use e2e::{Person, Stage, World, journey, until};

const REFRESH: &str = "POST /api/auth/refresh";
const LOGOUT: &str = "POST /api/auth/logout";
const RENAME: &str = "PATCH /api/me";
/// Short, so that a journey can wait for its end.
const TTL: &str = "4s";

/// Waits until a request has come by so often.
async fn came(world: &World, line: &str, times: usize) {
    until(&format!("{line} came by"), async || {
        (world.weather().count(line) >= times).then_some(())
    })
    .await;
}

/// The token that the browser holds ends, and the browser does not know.
async fn token_ends_unnoticed(world: &World, person: &Person) {
    person.falls_asleep().await;
    let token = person.access_token().await;
    let wire = world.api().wire();
    until("the access token expires", async || {
        (wire.asks_with(&token).await.code? == "token_expired").then_some(())
    })
    .await;
}

/// I-16, I-27. The server has rotated, the answer never arrives: the same attempt asks again.
#[tokio::test]
async fn a_network_that_is_cut_during_a_refresh_keeps_the_session() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        world.weather().loses_an_answer_to(REFRESH);
        world.weather().counts_from_here();
        alice.reloads().await;
        alice.sees_what_the_api_knows().await;
        alice.is_home().await;
        alice.never_saw_page("Sign in").await;
        assert_eq!(
            world.weather().count(REFRESH),
            2,
            "the lost one and its retry"
        );
        let log = world.api().log();
        assert!(log.contains(r#""event":"retried""#), "{log}");
        assert!(!log.contains(r#""reason":"reused""#), "{log}");
        alice.reloads().await;
        alice.sees_what_the_api_knows().await;
    })
    .await;
}

/// I-28: what arrives after signing out restores nothing, here and in the sibling.
#[tokio::test]
async fn a_refresh_that_is_answered_after_signing_out_restores_nothing() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        let first = alice.this_tab().await;
        world.weather().delays_answers_to(REFRESH);
        world.weather().counts_from_here();
        let second = alice.opens_a_tab().await;
        alice.opens("/home").await;
        came(world, REFRESH, 1).await;

        alice.turns_to(&first).await;
        alice.signs_out().await;
        world.weather().clears();
        came(world, LOGOUT, 1).await;
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

/// I-27: a proxy's word is not the API's.
#[tokio::test]
async fn no_status_of_a_proxy_ends_the_session() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        for status in [401, 403, 404, 429, 500, 502] {
            world.weather().answers_instead(REFRESH, status);
            world.weather().counts_from_here();
            alice.reloads().await;
            came(world, REFRESH, 1).await;
            world.weather().clears();
            alice.sees_what_the_api_knows().await;
            alice.is_home().await;
            alice.never_saw_page("Sign in").await;
        }
    })
    .await;
}

/// I-26: a page asks twice at once with a token that is over; one refresh, and each call again.
#[tokio::test]
async fn calls_that_find_the_token_over_share_one_refresh() {
    let stage = Stage::in_weather().with("ACCESS_TOKEN_TTL", TTL);
    journey(stage, async |world| {
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.sees_what_the_api_knows().await;
        token_ends_unnoticed(world, &admin).await;
        world.weather().counts_from_here();
        admin.counts_from_here().await;
        admin.clicks("Events").await;
        admin.sees_page("Events").await;
        for line in ["GET /api/admin/events", "GET /api/admin/activity"] {
            came(world, line, 2).await;
        }
        let calls = admin.calls().await;
        let count = |line: &str| calls.iter().filter(|call| *call == line).count();
        assert_eq!(count("POST /api/auth/refresh 200"), 1, "{calls:?}");
        for line in ["/api/admin/events", "/api/admin/activity"] {
            assert_eq!(count(&format!("GET {line} 401")), 1, "{calls:?}");
            assert_eq!(count(&format!("GET {line} 200")), 1, "{calls:?}");
        }
    })
    .await;
}

/// I-29: what the API may have done is never done twice.
#[tokio::test]
async fn a_change_whose_answer_is_lost_is_not_sent_again() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Account").await;
        alice.sees_page("Account").await;
        for trouble in [None, Some(500), Some(502)] {
            match trouble {
                None => world.weather().loses_an_answer_to(RENAME),
                Some(status) => world.weather().answers_instead(RENAME, status),
            }
            world.weather().counts_from_here();
            alice.fills("Display name", "Alice in the rain").await;
            alice.submits("Save").await;
            came(world, RENAME, 1).await;
            alice.clicks("Home").await;
            alice.sees_what_the_api_knows().await;
            assert_eq!(world.weather().count(RENAME), 1, "{trouble:?}");
            world.weather().clears();
            alice.clicks("Account").await;
            alice.sees_page("Account").await;
        }
    })
    .await;
}
