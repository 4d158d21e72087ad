//! Many tabs at once.

use e2e::{Stage, journey};

#[tokio::test]
async fn eight_tabs_restored_at_once_keep_one_session() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        for _ in 0..7 {
            alice.opens_a_tab().await;
            alice.opens("/home").await;
            alice.sees_what_the_api_knows().await;
        }
        alice.reloads_all_at_once().await;
        for tab in alice.tabs().await {
            alice.turns_to(&tab).await;
            alice.is_restored().await;
            alice.is_home().await;
            alice.sees_what_the_api_knows().await;
            alice.never_saw_page("Sign in").await;
        }
        alice.reloads().await;
        alice.is_home().await;
    })
    .await;
}
