//! Answers are lost, late or a proxy's, while a page is open.

use e2e::{Stage, journey, until};
use std::time::Duration;

const REFRESH: &str = "POST /api/auth/refresh";

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
            world.weather().has_passed(REFRESH, 1).await;
            world.weather().clears();
            alice.sees_what_the_api_knows().await;
            alice.is_home().await;
            alice.never_saw_page("Sign in").await;
        }
    })
    .await;
}

/// I-27: our API's own "later" comes with a time, and nothing makes it earlier.
///
/// Seen in ginlix-ai/LangAlpha#387.
#[tokio::test]
async fn retry_after_is_honoured() {
    const LATER: Duration = Duration::from_secs(4);
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        alice.clicks("Token").await;
        alice.sees("Refresh now").await;
        world.weather().says_unavailable(REFRESH, LATER);
        world.weather().counts_from_here();
        alice.counts_from_here().await;
        alice.clicks("Refresh now").await;
        world.weather().has_passed(REFRESH, 1).await;
        world.weather().clears();
        // Waking cuts short a wait that the page chose itself, not this one.
        alice.is_connected(false).await;
        alice.is_connected(true).await;
        world.weather().has_passed(REFRESH, 2).await;
        alice.sees("number 2").await;
        let times = alice.refreshes_were_at().await;
        assert_eq!(times.len(), 2, "{times:?}");
        assert!(times[1] >= times[0] + LATER, "{times:?}");
    })
    .await;
}

/// I-27. Seen in schulydev/Schuly#476: without the server, the sign-in page came.
#[tokio::test]
async fn offline_start_is_not_signed_out() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        world.weather().says_unavailable(REFRESH, Duration::ZERO);
        let alice = world.comes_back_tomorrow(alice).await;
        alice.opens("/sessions").await;
        alice.sees_page("We cannot reach the server").await;
        alice.sees("You are not signed out.").await;
        world.weather().clears();
        alice.sees_page("Sessions").await;
        alice.sees("This browser").await;
        alice.never_saw_page("Sign in").await;
    })
    .await;
}

/// I-16, I-27. The laptop leaves the network in the moment in which the server rotates.
#[tokio::test]
async fn a_laptop_that_goes_offline_while_a_refresh_is_on_its_way_goes_on_later() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Token").await;
        alice.sees("number 1").await;
        let before = alice.generation().await;
        world.weather().delays_answers_to(REFRESH);
        world.weather().counts_from_here();
        alice.clicks("Refresh now").await;
        until("the server has rotated", async || {
            world
                .api()
                .log()
                .contains(r#""event":"refreshed""#)
                .then_some(())
        })
        .await;
        alice.is_connected(false).await;
        alice.sees("You are offline. You stay signed in").await;
        world.weather().loses_what_is_late();
        alice.is_connected(true).await;
        alice.sees("number 2").await;
        assert_eq!(alice.generation().await, before + 1, "the same successor");
        let log = world.api().log();
        assert!(log.contains(r#""event":"retried""#), "{log}");
        assert!(!log.contains(r#""reason":"reused""#), "{log}");
        alice.reloads().await;
        alice.sees("number 1").await;
        alice.never_saw_page("Sign in").await;
    })
    .await;
}
