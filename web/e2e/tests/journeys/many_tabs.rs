//! Many tabs at once.

use e2e::{Stage, journey};

/// As many as a browser brings back when it is started again.
const TABS: usize = 30;

/// I-01, I-02.
#[tokio::test]
async fn thirty_tabs_restored_at_once_keep_one_session() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        for _ in 1..TABS {
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
        assert!(
            (1..=TABS).contains(&refreshes),
            "one a tab at most: {calls:?}"
        );
        assert!(!world.api().log().contains(r#""reason":"reused""#));

        // The cookie that came last is one that the server goes on with.
        alice.clicks("Sessions").await;
        alice.sees("This browser").await;
        alice.does_not_see("End all other sessions").await;
        alice.reloads().await;
        alice.sees("This browser").await;
    })
    .await;
}
