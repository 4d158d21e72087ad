//! The page is closed, left, or stays open for long, and the session goes on.

use e2e::{Stage, journey, until};

#[tokio::test]
async fn who_comes_back_tomorrow_is_still_signed_in() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let alice = world.comes_back_tomorrow(alice).await;
        alice.opens("/sessions").await;
        alice.sees("This browser").await;
        alice.never_saw_page("Sign in").await;
        assert_eq!(
            alice.calls().await,
            ["POST /api/auth/refresh 200", "GET /api/me/sessions 200"]
        );
    })
    .await;
}

#[tokio::test]
async fn an_open_page_renews_its_token_before_it_ends() {
    let stage = Stage::one_binary().with("ACCESS_TOKEN_TTL", "2s");
    journey(stage, async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        alice.counts_from_here().await;
        until("the page renews its token", async || {
            (alice.refreshes().await >= 3).then_some(())
        })
        .await;
        alice.clicks("Ask the API again").await;
        until("the call is answered", async || {
            let calls = alice.calls().await;
            let refused: Vec<_> = calls
                .iter()
                .filter(|call| !call.ends_with(" 200"))
                .collect();
            assert!(
                refused.is_empty(),
                "a token ended before its time: {calls:?}"
            );
            calls
                .contains(&"GET /api/auth/session 200".to_owned())
                .then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_page_that_was_left_shows_nothing_private_after_a_sign_out_elsewhere() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        let left = alice.this_tab().await;
        alice.looks_away().await;
        alice.opens_a_tab().await;
        alice.opens("/home").await;
        alice.sees_what_the_api_knows().await;
        alice.signs_out().await;

        alice.turns_to(&left).await;
        alice.goes_back().await;
        alice.sees_page("Sign in").await;
        alice.does_not_see("Subject").await;
    })
    .await;
}
