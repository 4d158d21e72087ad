//! A developer looks at what their tab holds, and makes it move.

use e2e::{Stage, journey};

#[tokio::test]
async fn a_token_that_counts_as_expired_is_replaced_by_the_next_call() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Token").await;
        alice.sees("number 1").await;
        alice.sees("No other tab is open.").await;
        alice.counts_from_here().await;
        alice.clicks("Count it as expired").await;
        alice.sees("with the next call").await;
        assert_eq!(alice.refreshes().await, 0, "nobody needs one yet");
        alice.clicks("Call the API").await;
        alice.sees("The API answered").await;
        alice.sees("number 2").await;
        assert_eq!(
            alice.calls().await,
            ["POST /api/auth/refresh 200", "GET /api/auth/session 200"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_token_that_one_tab_fetches_is_seen_in_the_other() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Token").await;
        alice.sees("No other tab is open.").await;
        let first = alice.this_tab().await;
        alice.opens_a_tab().await;
        alice.opens("/token").await;
        alice.sees("Another tab shared its new token").await;
        alice.no_longer_sees("No other tab is open.").await;
        alice.clicks("Refresh now").await;
        alice.sees("number 2").await;
        alice.turns_to(&first).await;
        alice.sees("Another tab shared its new token").await;
        alice.sees("number 2").await;
        assert_eq!(alice.refreshes().await, 1, "the loaded page asked for none");
    })
    .await;
}
