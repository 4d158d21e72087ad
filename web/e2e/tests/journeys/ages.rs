//! How long ago things were, in the language of the person, while time goes on.

use e2e::{Stage, journey};

const LATER: &str = "const now = Date.now; Date.now = () => now() + 5 * 60_000";

#[tokio::test]
async fn an_age_that_is_shown_grows() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Sessions").await;
        alice.sees("signed in just now").await;
        alice.counts_from_here().await;
        alice.run(LATER).await;
        alice
            .sees("Last used 5 minutes ago, signed in 5 minutes ago")
            .await;
        assert!(alice.calls().await.is_empty(), "nothing was asked for it");
    })
    .await;
}

#[tokio::test]
async fn ages_and_counts_are_sentences_in_both_languages() {
    journey(Stage::one_binary(), async |world| {
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.sees("Member since").await;
        admin.does_not_see("ago").await;
        admin.clicks("People").await;
        admin.sees("1 session · joined just now").await;
        admin.run(LATER).await;
        admin.sees("1 session · joined 5 minutes ago").await;
        admin.chooses("Language", "Deutsch").await;
        admin.sees("1 Sitzung · registriert vor 5 Minuten").await;
        admin.clicks("Sitzungen").await;
        admin
            .sees("Zuletzt benutzt vor 5 Minuten, angemeldet vor 5 Minuten")
            .await;
        admin.clicks("Start").await;
        admin.sees("Dabei seit").await;
        admin.does_not_see("vor 5").await;
        admin.looks_at_it("home-german-day").await;
    })
    .await;
}
