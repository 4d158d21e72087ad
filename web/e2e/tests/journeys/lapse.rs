//! A session runs out in the middle of somebody's work.

use e2e::{Person, Stage, journey};
use thirtyfour::Key;

const DIALOG: &str = "return document.querySelector('dialog[open] h2')?.textContent ?? ''";
const NAME: &str = "return document.querySelector('#display_name')?.value ?? ''";
const INSIDE: &str = "const at = document.activeElement;
    return at === document.body || at.closest('dialog') !== null";

/// The page soon asks for another token.
fn short() -> Stage {
    Stage::one_binary().with("ACCESS_TOKEN_TTL", "5s")
}

async fn types_until_the_session_is_gone(alice: &Person) {
    alice.registers().await;
    alice.clicks("Account").await;
    alice.fills("Display name", "Alice the unsaved").await;
    alice.loses_their_cookies().await;
    alice.sees("Sign in to go on").await;
    alice.sees("This browser no longer has your session.").await;
}

/// Seen in elastic/kibana#99353.
#[tokio::test]
async fn expiry_keeps_unsaved_work() {
    journey(short(), async |world| {
        let alice = world.person("alice").await;
        types_until_the_session_is_gone(&alice).await;

        // Escape takes nothing away, and Tab leads nowhere else.
        alice.presses(Key::Escape).await;
        alice.presses(Key::Escape).await;
        alice.finds(DIALOG, "Sign in to go on").await;
        alice.looks_at_it("lapse").await;
        for _ in 0..8 {
            alice.presses(Key::Tab).await;
            assert_eq!(alice.run(INSIDE).await, true);
        }
        alice.fills("Password", &alice.password).await;
        alice.submits("Sign in").await;
        alice.no_longer_sees("Sign in to go on").await;
        alice.is_at("/account").await;
        alice.finds(NAME, "Alice the unsaved").await;
        alice.has_the_focus_on("Display name").await;
        alice.submits("Save").await;
        alice.sees("Saved.").await;
        alice.never_saw_page("Sign in").await;
    })
    .await;
}

#[tokio::test]
async fn another_person_does_not_get_the_first_ones_page() {
    journey(short(), async |world| {
        let bob = world.person("bob").await;
        bob.registers().await;
        let alice = world.person("alice").await;
        types_until_the_session_is_gone(&alice).await;
        alice.fills("Username", "bob").await;
        alice.fills("Password", &alice.password).await;
        alice.submits("Sign in").await;
        alice.no_longer_sees("Sign in to go on").await;
        // It is bob's page now.
        alice.finds(NAME, "").await;
    })
    .await;
}

#[tokio::test]
async fn who_does_not_want_to_go_on_leaves_the_page() {
    journey(short(), async |world| {
        let alice = world.person("alice").await;
        types_until_the_session_is_gone(&alice).await;
        alice.clicks("Leave this page").await;
        alice.sees_page("Sign in").await;
        alice.is_at("/sign-in?next=%2Faccount").await;
    })
    .await;
}
