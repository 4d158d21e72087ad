//! A call goes out again where the API refused it before it did anything, and nowhere else.

use e2e::{Stage, journey, until};

const REFRESH: &str = "POST /api/auth/refresh";
const FACTS: &str = "GET /api/auth/session";
const RENAME: &str = "PATCH /api/me";
const PASSWORD: &str = "POST /api/me/password";
const NEW_PASSWORD: &str = "quartz meadow bicycle 83";
/// Short, so that a journey can wait for its end.
const TTL: &str = "4s";

/// I-26. The first refusal is held back until all ten are under way; the browser itself lets reads of
/// one address wait for each other, so most are refused when the next token is there already.
#[tokio::test]
async fn ten_calls_refused_at_once_share_one_refresh_and_go_out_once_more_each() {
    const CALLS: usize = 10;
    let stage = Stage::in_weather().with("ACCESS_TOKEN_TTL", TTL);
    journey(stage, async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Token").await;
        alice.sees("number 1").await;
        world.token_ends_unnoticed(&alice, "Call the API").await;
        world.weather().counts_from_here();
        alice.counts_from_here().await;
        world.weather().delays_answers_to(FACTS);
        alice.clicks_in_one_go("Call the API", CALLS).await;
        world.weather().has_passed(FACTS, 1).await;
        world.weather().clears();
        world.weather().has_passed(FACTS, 2 * CALLS).await;
        let calls = alice.calls().await;
        let count = |line: &str| calls.iter().filter(|call| *call == line).count();
        assert_eq!(count("GET /api/auth/session 401"), CALLS, "{calls:?}");
        assert_eq!(count("GET /api/auth/session 200"), CALLS, "{calls:?}");
        assert_eq!(count("POST /api/auth/refresh 200"), 1, "{calls:?}");
        assert_eq!(calls.len(), 2 * CALLS + 1, "{calls:?}");
    })
    .await;
}

/// I-29. Refused for its token, a change goes out again with its own body, once.
#[tokio::test]
async fn a_change_that_the_api_refused_for_its_token_is_sent_again_once() {
    let stage = Stage::in_weather().with("ACCESS_TOKEN_TTL", TTL);
    journey(stage, async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        world
            .token_ends_unnoticed(&alice, "Ask the API again")
            .await;
        alice.clicks("Account").await;
        alice.fills("Display name", "Alice the patient").await;
        world.weather().counts_from_here();
        alice.counts_from_here().await;
        alice.submits("Save").await;
        alice.sees("Saved.").await;
        assert_eq!(
            alice.calls().await,
            [
                "PATCH /api/me 401",
                "POST /api/auth/refresh 200",
                "PATCH /api/me 200"
            ]
        );
        assert_eq!(world.weather().count(RENAME), 2);
        alice.clicks("Home").await;
        alice.sees_page("Hello, Alice the patient").await;
    })
    .await;
}

/// I-29. The password is changed, the answer is lost: asking again would be answered with an error.
#[tokio::test]
async fn a_new_password_whose_answer_is_lost_is_not_sent_again() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Account").await;
        alice.fills("Current password", &alice.password).await;
        alice.fills("New password", NEW_PASSWORD).await;
        world.weather().loses_an_answer_to(PASSWORD);
        world.weather().counts_from_here();
        alice.submits("Change password").await;
        alice.sees("This did not reach the server").await;
        // Whatever else would send it, had its reasons by now.
        alice.is_connected(false).await;
        alice.is_connected(true).await;
        alice.reloads().await;
        until("the page is back", async || {
            let calls = world.weather().count(REFRESH);
            (calls >= 1).then_some(())
        })
        .await;
        assert_eq!(world.weather().count(PASSWORD), 1);
        let wire = world.api().wire();
        let signed_in = wire.signs_in((&alice.name, NEW_PASSWORD), world.origin());
        signed_in.await;
    })
    .await;
}

/// I-26: different reads are refused in the same moment; one refresh, and each goes out once more.
#[tokio::test]
async fn calls_that_find_the_token_over_share_one_refresh() {
    const READS: [&str; 2] = ["GET /api/admin/events", "GET /api/admin/activity"];
    let stage = Stage::in_weather().with("ACCESS_TOKEN_TTL", TTL);
    journey(stage, async |world| {
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.sees_what_the_api_knows().await;
        world
            .token_ends_unnoticed(&admin, "Ask the API again")
            .await;
        world.weather().counts_from_here();
        admin.counts_from_here().await;
        for read in READS {
            world.weather().delays_answers_to(read);
        }
        admin.clicks("Events").await;
        for read in READS {
            world.weather().has_passed(read, 1).await;
        }
        world.weather().clears();
        for read in READS {
            world.weather().has_passed(read, 2).await;
        }
        admin.sees_page("Events").await;
        let calls = admin.calls().await;
        let count = |line: &str| calls.iter().filter(|call| *call == line).count();
        assert_eq!(count("POST /api/auth/refresh 200"), 1, "{calls:?}");
        for read in READS {
            assert_eq!(count(&format!("{read} 401")), 1, "{calls:?}");
            assert_eq!(count(&format!("{read} 200")), 1, "{calls:?}");
        }
        assert_eq!(calls.len(), 2 * READS.len() + 1, "{calls:?}");
    })
    .await;
}

/// I-29: what the API may have done is never done twice.
#[tokio::test]
async fn a_change_whose_answer_is_lost_is_not_sent_again() {
    journey(Stage::in_weather(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Account").await;
        alice.sees_page("Account").await;
        for trouble in [None, Some(500), Some(502)] {
            match trouble {
                None => world.weather().loses_an_answer_to(RENAME),
                Some(status) => world.weather().answers_instead(RENAME, status),
            }
            world.weather().counts_from_here();
            alice.fills("Display name", "Alice in the rain").await;
            alice.submits("Save").await;
            world.weather().has_passed(RENAME, 1).await;
            alice.clicks("Home").await;
            alice.sees_what_the_api_knows().await;
            assert_eq!(world.weather().count(RENAME), 1, "{trouble:?}");
            world.weather().clears();
            alice.clicks("Account").await;
            alice.sees_page("Account").await;
        }
    })
    .await;
}
