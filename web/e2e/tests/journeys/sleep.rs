//! Pages that the browser or the machine puts to sleep.

use e2e::{Stage, journey};

/// Short, so that a journey can wait for its end.
const TTL: &str = "4s";

/// I-26. Seen in saleor/saleor-dashboard#6795: each query of a page that woke up refreshed for
/// itself.
#[tokio::test]
async fn wake_fans_out_once() {
    const CALLS: usize = 10;
    let stage = Stage::one_binary().with("ACCESS_TOKEN_TTL", TTL);
    journey(stage, async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Token").await;
        alice.sees("Refresh now").await;
        alice.is_frozen(true).await;
        // A token that was issued later than the page's ends later.
        let wire = world.api().wire();
        let who = (alice.name.as_str(), alice.password.as_str());
        let token = wire.signs_in(who, world.origin()).await;
        world.sees_expire(&token).await;
        alice.counts_from_here().await;
        alice.is_frozen(false).await;
        alice.clicks_in_one_go("Call the API", CALLS).await;
        alice.sees("The API answered").await;

        let answered = alice.calls_until("GET /api/auth/session 200", CALLS).await;
        let refreshes = answered.iter().filter(|call| call.contains("refresh"));
        assert_eq!(refreshes.count(), 1, "{answered:?}");
        assert_eq!(
            answered.len(),
            CALLS + 1,
            "nothing was refused: {answered:?}"
        );
        alice.never_saw_page("Sign in").await;
    })
    .await;
}
