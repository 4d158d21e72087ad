//! What is said in another language than English is a file that may not come.

use e2e::{Stage, journey};

const ENGLISH: &str = "Stay signed in. Keep nothing worth stealing.";
const GERMAN: &str = "Angemeldet bleiben. Nichts Stehlenswertes haben.";
const FILE: &str = "GET /i18n/de.txt";
const LANGUAGES: &str = "return [document.documentElement.lang,
    document.querySelector('[name=language]').value].join(' ')";

#[tokio::test]
async fn a_language_that_does_not_come_is_told_of_and_can_be_chosen_again() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice.sees_page(ENGLISH).await;
        world.weather().answers_instead(FILE, 404);
        alice.chooses("Language", "Deutsch").await;
        alice.sees("This did not reach the server.").await;
        alice.finds(LANGUAGES, "en en").await;
        world.weather().clears();
        alice.chooses("Language", "Deutsch").await;
        alice.sees_page(GERMAN).await;
        alice.finds(LANGUAGES, "de de").await;
        alice.chooses("Sprache", "English").await;
        alice.sees_page(ENGLISH).await;
        alice.expected_the_complaints().await;
    })
    .await;
}

#[tokio::test]
async fn a_page_whose_language_does_not_come_is_shown_in_english() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice.chooses("Language", "Deutsch").await;
        alice.sees_page(GERMAN).await;
        alice.keeps_no_copies(true).await;
        world.weather().answers_instead(FILE, 503);
        alice.reloads().await;
        alice.sees_page(ENGLISH).await;
        alice.finds(LANGUAGES, "en en").await;
        world.weather().clears();
        world.weather().delays_answers_to(FILE);
        alice.reloads().await;
        alice.sees_page(ENGLISH).await;
        world.weather().loses_what_is_late();
        alice.reloads().await;
        alice.sees_page(GERMAN).await;
        alice.finds(LANGUAGES, "de de").await;
        alice.expected_the_complaints().await;
    })
    .await;
}
