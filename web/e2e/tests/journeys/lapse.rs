//! A session runs out in the middle of somebody's work.

use e2e::{Person, Stage, journey};
use thirtyfour::Key;

const DIALOG: &str = "return document.querySelector('dialog[open] h2')?.textContent ?? ''";
const NAME: &str = "return document.querySelector('#display_name')?.value ?? ''";

/// Ends quickly, refreshes only when somebody asks: the page's timer is later than its end.
fn short() -> Stage {
    Stage::one_binary()
        .with("REFRESH_TOKEN_TTL", "4s")
        .with("SESSION_MAX_AGE", "4s")
}

async fn types_until_it_ends(alice: &Person) {
    alice.registers().await;
    alice.clicks("Account").await;
    alice.fills("Display name", "Alice the unsaved").await;
    alice.sees("Sign in to go on").await;
}

/// Seen in elastic/kibana#99353.
#[tokio::test]
async fn expiry_keeps_unsaved_work() {
    journey(short(), async |world| {
        let alice = world.person("alice").await;
        types_until_it_ends(&alice).await;
        alice.sees("Your session has expired.").await;

        // Escape takes nothing away, and Tab leads nowhere else.
        alice.presses(Key::Escape).await;
        alice.presses(Key::Escape).await;
        assert_eq!(alice.run(DIALOG).await, "Sign in to go on");
        for _ in 0..8 {
            alice.presses(Key::Tab).await;
            let inside = "return document.activeElement === document.body
                || document.activeElement.closest('dialog') !== null";
            assert_eq!(alice.run(inside).await, true);
        }
        alice.fills("Password", &alice.password).await;
        alice.submits("Sign in").await;
        alice.no_longer_sees("Sign in to go on").await;
        alice.is_at("/account").await;
        assert_eq!(alice.run(NAME).await, "Alice the unsaved");
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
        types_until_it_ends(&alice).await;
        alice.fills("Username", "bob").await;
        alice.fills("Password", &alice.password).await;
        alice.submits("Sign in").await;
        alice.no_longer_sees("Sign in to go on").await;
        assert_eq!(alice.run(NAME).await, "", "it is bob's page now");
    })
    .await;
}

#[tokio::test]
async fn who_does_not_want_to_go_on_leaves_the_page() {
    journey(short(), async |world| {
        let alice = world.person("alice").await;
        types_until_it_ends(&alice).await;
        alice.clicks("Leave this page").await;
        alice.sees_page("Sign in").await;
        alice.sees("Your session has expired.").await;
        alice.is_at("/sign-in?next=%2Faccount").await;
    })
    .await;
}
