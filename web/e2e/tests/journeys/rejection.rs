//! The server rejects what the browser sends to go on: no outage, and nobody is stuck before it.

use e2e::{Person, Stage, World, journey};

const REFRESH: &str = "POST /api/auth/refresh";
const DIALOG: &str = "return document.querySelector('dialog[open] h2')?.textContent ?? ''";

/// Somebody is signed in, and from here on each refresh is rejected.
async fn rejected(world: &World) -> std::sync::Arc<Person> {
    let alice = world.person("alice").await;
    alice.registers().await;
    alice.sees_what_the_api_knows().await;
    world.weather().says_forbidden(REFRESH);
    alice
}

#[tokio::test]
async fn a_rejected_refresh_shows_the_servers_words_and_the_form() {
    journey(Stage::in_weather(), async |world| {
        let alice = rejected(world).await;
        for path in ["/home", "/sessions", "/sign-in"] {
            alice.opens(path).await;
            alice.sees_page("Sign in to go on").await;
            alice.sees("(insufficient_scope)").await;
            alice.does_not_see("We cannot reach the server").await;
            alice.is_at(path).await;
        }
        alice.looks_at_it("rejected").await;
        // The rejection was a passing one: nothing was lost.
        world.weather().clears();
        alice.clicks("Try again").await;
        alice.sees_what_the_api_knows().await;
        alice.reloads().await;
        alice.sees_what_the_api_knows().await;
        alice.never_saw_page("Sign in").await;
    })
    .await;
}

#[tokio::test]
async fn a_new_sign_in_replaces_a_rejected_session() {
    journey(Stage::in_weather(), async |world| {
        let alice = rejected(world).await;
        alice.opens("/sessions").await;
        alice.fills("Username", "alice").await;
        alice.fills("Password", &alice.password).await;
        alice.submits("Sign in").await;
        alice.sees_page("Sessions").await;
        alice.sees("This browser").await;
        alice.is_at("/sessions").await;
    })
    .await;
}

#[tokio::test]
async fn a_rejected_visitor_can_sign_out() {
    journey(Stage::in_weather(), async |world| {
        let alice = rejected(world).await;
        alice.opens("/home").await;
        alice.clicks("Sign out").await;
        alice.sees_page("Sign in").await;
        alice.reloads().await;
        alice.sees_page("Sign in").await;
    })
    .await;
}

#[tokio::test]
async fn a_rejection_over_an_open_page_keeps_what_stands_there() {
    const NAME: &str = "return document.querySelector('#display_name')?.value ?? ''";
    let stage = Stage::in_weather().with("ACCESS_TOKEN_TTL", "5s");
    journey(stage, async |world| {
        let alice = rejected(world).await;
        alice.clicks("Account").await;
        alice.fills("Display name", "Alice the unsaved").await;
        alice.sees("(insufficient_scope)").await;
        alice.finds(DIALOG, "Sign in to go on").await;
        alice.looks_at_it("rejected-over").await;
        world.weather().clears();
        alice.clicks("Try again").await;
        alice.finds(DIALOG, "").await;
        alice.finds(NAME, "Alice the unsaved").await;
        alice.submits("Save").await;
        alice.sees("Saved.").await;
    })
    .await;
}

/// A page of a proxy is an outage at first; where it lasts, it is a rejection, too.
#[tokio::test]
async fn a_proxys_rejection_that_lasts_shows_the_form() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        for status in [400, 403, 404, 405, 415, 431] {
            world.weather().answers_instead(REFRESH, status);
            alice.opens("/sign-in").await;
            alice.sees(&format!("HTTP {status}")).await;
            alice.has_the_form().await;
            world.weather().clears();
            alice.sees_what_the_api_knows().await;
        }
    })
    .await;
}
