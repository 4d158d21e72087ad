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
        alice.counts_from_here().await;
        alice.reloads_all_at_once().await;
        for tab in alice.tabs().await {
            alice.turns_to(&tab).await;
            alice.is_restored().await;
            alice.is_home().await;
            alice.sees_what_the_api_knows().await;
            alice.never_saw_page("Sign in").await;
        }
        let calls = alice.calls().await;
        let refused = calls.iter().find(|call| !call.ends_with(" 200"));
        assert_eq!(refused, None, "{calls:?}");
        let refreshes = alice.refreshes().await;
        assert!((1..=8).contains(&refreshes), "one a tab at most: {calls:?}");

        // The cookie that came last is one that the server goes on with.
        alice.clicks("Sessions").await;
        alice.sees("This browser").await;
        alice.does_not_see("End all other sessions").await;
        alice.reloads().await;
        alice.sees("This browser").await;
    })
    .await;
}
