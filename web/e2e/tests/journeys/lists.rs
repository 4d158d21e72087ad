//! Lists with actions: one thing at a time, asked before, and nothing moves under the pointer.

use e2e::{Person, Stage, World, journey};
use serde_json::Value;
use std::sync::Arc;

const ROWS: &str = "return String(document.querySelectorAll('.row').length)";
const TOPS: &str = "return [...document.querySelectorAll('.row, .field, form .button, main .card')]
    .map((row) => Math.round(row.getBoundingClientRect().top)).join(' ')";
/// How many buttons of the rows would do something.
const ACTIVE: &str = "return String([...document.querySelectorAll('.row button')]
    .filter(({ ariaDisabled, ariaExpanded }) => ariaDisabled !== 'true' && ariaExpanded === null).length)";
/// Which row has the focus, and on what.
const FOCUS: &str = "const at = document.activeElement;
    const row = at.closest('.row');
    return [[...document.querySelectorAll('.row')].indexOf(row), at.tagName].join(' ')";

/// Somebody with a session in this browser and two elsewhere.
async fn with_three_sessions(world: &World) -> Arc<Person> {
    let alice = world.person("alice").await;
    alice.registers().await;
    let wire = world.api().wire();
    for _ in 0..2 {
        wire.signs_in((&alice.name, &alice.password), world.origin())
            .await;
    }
    alice.clicks("Sessions").await;
    alice.finds(ROWS, "3").await;
    alice
}

#[tokio::test]
async fn a_double_click_on_end_ends_nothing_unasked_and_then_one_session() {
    journey(Stage::one_binary(), async |world| {
        let alice = with_three_sessions(world).await;
        let before = alice.run(TOPS).await;
        alice.double_clicks("End Unknown device").await;
        alice.sees("End the session on Unknown device?").await;
        alice.counts_from_here().await;
        assert!(alice.calls().await.is_empty(), "nothing ends unasked");
        alice.looks_at_it("sessions-question").await;
        // The answer is given once, however often it is clicked.
        alice.double_clicks("End session").await;
        alice.sees("The session has ended.").await;
        alice.finds(ROWS, "2").await;
        let calls = alice.calls().await;
        let ended = calls.iter().filter(|call| call.starts_with("DELETE"));
        assert_eq!(ended.count(), 1, "{calls:?}");
        let after = alice.run(TOPS).await;
        let rows = |tops: &Value| {
            let tops = tops.as_str().expect("BUG: the script returns text");
            tops.split(' ')
                .take(3)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(rows(&before), rows(&after), "the notice moved the list");
        alice.looks_at_it("sessions-ended").await;
    })
    .await;
}

#[tokio::test]
async fn after_an_end_the_focus_is_on_the_row_in_its_place() {
    journey(Stage::one_binary(), async |world| {
        let alice = with_three_sessions(world).await;
        alice.clicks("End Unknown device").await;
        alice.clicks("End session").await;
        alice.finds(ROWS, "2").await;
        // The newest session is the first row, and was ended.
        alice.finds(FOCUS, "0 BUTTON").await;
        alice.clicks("End all other sessions").await;
        alice.clicks("End them").await;
        alice.finds(ROWS, "1").await;
        alice.finds(FOCUS, "0 BUTTON").await;
    })
    .await;
}

#[tokio::test]
async fn while_one_thing_is_done_no_other_button_acts() {
    const END: &str = "POST /api/auth/logout";
    journey(Stage::in_weather(), async |world| {
        let alice = with_three_sessions(world).await;
        alice.finds(ACTIVE, "3").await;
        world.weather().delays_answers_to(END);
        alice.clicks("End all other sessions").await;
        alice.clicks("End them").await;
        alice.finds(ACTIVE, "0").await;
        world.weather().clears();
        alice.finds(ROWS, "1").await;
        alice.finds(ACTIVE, "1").await;
    })
    .await;
}

#[tokio::test]
async fn no_notice_moves_what_is_on_the_page() {
    journey(Stage::one_binary(), async |world| {
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.clicks("Account").await;
        admin.sees("Every device").await;
        let before = admin.run(TOPS).await;
        admin.submits("Save").await;
        admin.sees("Saved.").await;
        assert_eq!(before, admin.run(TOPS).await, "saved");
        admin.clicks("Token").await;
        admin.sees("number 1").await;
        let before = admin.run(TOPS).await;
        admin.clicks("Call the API").await;
        admin.sees("The API answered").await;
        assert_eq!(before, admin.run(TOPS).await, "answered");
        admin.is_connected(false).await;
        admin.sees("You are offline.").await;
        assert_eq!(before, admin.run(TOPS).await, "offline");
        admin.is_connected(true).await;
        admin.no_longer_sees("You are offline.").await;
    })
    .await;
}

#[tokio::test]
async fn the_focus_stays_in_the_row_of_whoever_was_looked_after() {
    journey(Stage::one_binary(), async |world| {
        let bob = world.person("bob").await;
        bob.registers().await;
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.clicks("People").await;
        admin.finds(ROWS, "2").await;
        let before = admin.run(TOPS).await;
        admin.double_clicks("Disable bob").await;
        admin.sees("cannot sign in until enabled").await;
        admin.clicks("Disable").await;
        admin.sees("bob is disabled and signed out.").await;
        assert_eq!(before, admin.run(TOPS).await);
        admin.clicks("Undo").await;
        admin.sees("bob can sign in again.").await;
        admin.finds(FOCUS, "1 A").await;
        bob.opens("/").await;
    })
    .await;
}
