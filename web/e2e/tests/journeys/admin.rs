//! Looking after people, and not being allowed to.

use e2e::{Stage, journey};

#[tokio::test]
async fn who_may_not_is_told_so_and_stays_signed_in() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.opens("/admin/users").await;
        alice.sees_page("Not for you").await;
        alice.clicks("Go to your home").await;
        alice.is_home().await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_disables_a_person() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.clicks("People").await;
        admin.sees("alice").await;
        admin.clicks("Disable alice").await;
        admin.sees("cannot sign in until enabled").await;
        admin.clicks("Disable").await;
        admin.sees("alice is disabled and signed out.").await;
        alice.clicks("Ask the API again").await;
        alice.sees("This account is disabled").await;
        alice.sees_page("Sign in").await;
    })
    .await;
}
