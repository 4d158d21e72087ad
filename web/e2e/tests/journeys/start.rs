//! The app cannot start, or stops: the document itself says so, and how to go on.

use e2e::{Person, Stage, World, journey};

const WELCOME: &str = "Stay signed in. Keep nothing worth stealing.";
const NOT_STARTED: &str = "Countersign has not started";
const NOT_ARRIVED: &str = "A part of the app did not arrive.";

/// The address of the app's own file of that kind.
const FILE: &str = "return [...document.querySelectorAll('link[href]')]
    .map(({ href }) => new URL(href).pathname)
    .find((path) => path.endsWith(arguments_kind))";

async fn file(alice: &Person, kind: &str) -> String {
    let script = FILE.replace("arguments_kind", &format!("'{kind}'"));
    let path = alice.run(&script).await;
    path.as_str()
        .expect("the document names its files")
        .to_owned()
}

/// The app cannot start; once the reason is gone, the way to retry works.
async fn is_told_and_retries(alice: &Person, mend: impl AsyncFnOnce()) {
    alice.sees(NOT_STARTED).await;
    alice.sees(NOT_ARRIVED).await;
    alice.does_not_see("WebAssembly").await;
    alice.does_not_see("has stopped").await;
    mend().await;
    alice.clicks("Reload the page").await;
    alice.sees_page(WELCOME).await;
    alice.does_not_see(NOT_STARTED).await;
    alice.is_at("/?from=here").await;
}

#[tokio::test]
async fn a_browser_without_webassembly_is_told_so() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person_without_wasm("alice").await;
        alice.opens("/").await;
        alice.sees(NOT_STARTED).await;
        alice.sees("The app needs WebAssembly").await;
        alice.does_not_see(NOT_ARRIVED).await;
        alice.looks_at_it("start-without-wasm").await;
        alice.expected_the_complaints().await;
    })
    .await;
}

#[tokio::test]
async fn scripts_and_wasm_that_are_blocked_are_told_of() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        for blocked in ["*.js", "*.wasm"] {
            alice.keeps_no_copies(true).await;
            alice.blocks(&[blocked]).await;
            alice.opens("/?from=here").await;
            if blocked == "*.wasm" {
                alice.sees(NOT_ARRIVED).await;
                alice.looks_at_it("start-failed").await;
            }
            is_told_and_retries(&alice, async || alice.blocks(&[]).await).await;
            alice.expected_the_complaints().await;
        }
    })
    .await;
}

async fn breaks(world: &World, kind: &str, brings: impl Fn(&str)) {
    let alice = world.person("alice").await;
    alice.opens("/").await;
    alice.sees_page(WELCOME).await;
    let path = file(&alice, kind).await;
    alice.keeps_no_copies(true).await;
    brings(&format!("GET {path}"));
    alice.opens("/?from=here").await;
    is_told_and_retries(&alice, async || world.weather().clears()).await;
    alice.expected_the_complaints().await;
}

/// An open tab, or a proxy, has a document of the release before.
#[tokio::test]
async fn a_file_that_is_gone_after_a_release_is_told_of() {
    journey(Stage::in_weather(), async |world| {
        for kind in [".js", ".wasm"] {
            breaks(world, kind, |line| {
                world.weather().answers_instead(line, 404);
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_download_that_breaks_off_is_told_of() {
    journey(Stage::in_weather(), async |world| {
        breaks(world, ".wasm", |line| world.weather().cuts_off(line)).await;
    })
    .await;
}

/// No event tells of it: the style sheet's own clock does.
#[tokio::test]
async fn a_download_that_never_ends_is_told_of() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice.sees_page(WELCOME).await;
        let path = file(&alice, ".wasm").await;
        alice.keeps_no_copies(true).await;
        world.weather().delays_answers_to(&format!("GET {path}"));
        alice.begins_to_open("/?from=here").await;
        is_told_and_retries(&alice, async || world.weather().loses_what_is_late()).await;
        alice.expected_the_complaints().await;
    })
    .await;
}

#[tokio::test]
async fn the_words_are_in_the_language_that_was_chosen() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice.chooses("Language", "Deutsch").await;
        alice.sees("Konto anlegen").await;
        alice.keeps_no_copies(true).await;
        alice.blocks(&["*.wasm"]).await;
        alice.reloads().await;
        alice.sees("Countersign ist nicht gestartet").await;
        alice.does_not_see(NOT_STARTED).await;
        alice.looks_at_it("start-failed-german").await;
        alice.blocks(&[]).await;
        alice.clicks("Seite neu laden").await;
        alice.sees("Konto anlegen").await;
        alice.expected_the_complaints().await;
    })
    .await;
}

#[tokio::test]
async fn without_scripts_the_page_says_what_it_needs() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.runs_scripts(false).await;
        alice.opens("/").await;
        alice.sees("Please turn JavaScript on").await;
        alice.sees("Bitte schalten Sie JavaScript ein").await;
        alice.does_not_see(NOT_STARTED).await;
        alice.runs_scripts(true).await;
        alice.reloads().await;
        alice.sees_page(WELCOME).await;
    })
    .await;
}

/// Whatever the app rests on is taken away from under it, so that it panics.
#[tokio::test]
async fn an_app_that_stops_says_so_and_can_be_reloaded() {
    const BREAK: &str = "Node.prototype.insertBefore = () => { throw new Error('taken away'); };";
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        alice.run(BREAK).await;
        alice.clicks("Sessions").await;
        alice.sees("Countersign has stopped").await;
        alice.does_not_see(NOT_STARTED).await;
        alice.looks_at_it("stopped").await;
        alice.clicks("Reload the page").await;
        alice.sees("This browser").await;
        alice.does_not_see("has stopped").await;
        alice.expected_the_complaints().await;
    })
    .await;
}
