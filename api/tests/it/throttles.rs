//! Guessing is slowed down, by name and by address, and apart by a browser that is known.

mod devices;

use crate::world::{PASSWORD, World};
use futures::future::join_all;
use serde_json::json;

const WRONG: &str = "not her password";

/// I-18.
#[tokio::test(flavor = "multi_thread")]
async fn parallel_guesses_never_exceed_the_limit() {
    let world = World::with(|config| config.policy.login_limit = 5).await;
    world.person("alice").await;
    let spellings = ["alice", "Alice", " alice", "ALICE"];
    let guesses = (0..20).map(|turn| {
        let mut browser = world.browser();
        async move { browser.signs_in(spellings[turn % 4], WRONG).await }
    });
    let answers = join_all(guesses).await;
    let judged = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(judged, 5);
    for answer in answers.into_iter().filter(|answer| answer.status != 401) {
        let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=601).contains(&wait), "{wait}");
        answer.refused_as(429, "rate_limited").challenges(None);
    }
    // Not even the right password, and not a lasting lock either.
    world.browser().signs_in("alice", PASSWORD).await.is(429);
    world.passes(601);
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}

/// A node whose clock was an hour ahead has counted, and is gone or was set right.
#[tokio::test]
async fn a_clock_that_was_ahead_keeps_nobody_out_until_its_time_comes() {
    let world = World::with(|config| config.policy.login_limit = 2).await;
    world.person("alice").await;
    let right = world.app.clock.now().0;
    world.passes(3_600);
    for _ in 0..2 {
        world.browser().signs_in("alice", WRONG).await.is(401);
    }
    world.browser().signs_in("alice", PASSWORD).await.is(429);
    world.mends_the_clock(right);
    for _ in 0..2 {
        world.browser().signs_in("alice", WRONG).await.is(401);
    }
    world.browser().signs_in("alice", PASSWORD).await.is(429);
    // Clocks that differ by a moment make no new window, and so give no tries.
    world.mends_the_clock(right - 5_000);
    world.browser().signs_in("alice", PASSWORD).await.is(429);
    world.passes(606);
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}

/// The same for what is counted in the memory of a node.
#[tokio::test]
async fn a_clock_that_was_set_back_keeps_no_session_from_refreshing() {
    let world = World::with(|config| config.policy.refresh_limit = 2).await;
    let mut alice = world.person("alice").await;
    let right = world.app.clock.now().0;
    world.passes(600);
    for _ in 0..2 {
        alice.refreshes(None).await.is(200);
    }
    alice.refreshes(None).await.is(429);
    world.mends_the_clock(right);
    alice.refreshes(None).await.is(200);
}

#[tokio::test]
async fn unknown_names_are_counted_like_known_ones() {
    let world = World::with(|config| config.policy.login_limit = 2).await;
    for _ in 0..2 {
        world.browser().signs_in("nobody", WRONG).await.is(401);
    }
    world
        .browser()
        .signs_in("nobody", WRONG)
        .await
        .refused_as(429, "rate_limited");
}

#[tokio::test]
async fn who_proves_who_they_are_starts_anew() {
    let world = World::with(|config| config.policy.login_limit = 2).await;
    world.person("alice").await;
    for _ in 0..3 {
        world.browser().signs_in("alice", WRONG).await.is(401);
        world.browser().signs_in("alice", PASSWORD).await.is(200);
    }
}

#[tokio::test]
async fn an_address_has_a_limit_of_its_own() {
    let world = World::with(|config| config.policy.address_limit = 3).await;
    world.browser().registers("alice").await.is(201);
    world.browser().signs_in("bob", WRONG).await.is(401);
    world.browser().signs_in("carol", WRONG).await.is(401);
    world
        .browser()
        .registers("dave")
        .await
        .refused_as(429, "rate_limited");
    world
        .browser()
        .signs_in("alice", PASSWORD)
        .await
        .refused_as(429, "rate_limited");
}

/// Source: `NousResearch/hermes-agent#103652`: an office behind one address.
#[tokio::test]
async fn throttle_per_session_not_address() {
    let world = World::with(|config| config.policy.address_limit = 1).await;
    let mut alice = world.person("alice").await;
    for _ in 0..5 {
        alice.refreshes(None).await.is(200);
    }
}

/// Nobody is signed out by being slowed down.
#[tokio::test]
async fn a_session_refreshes_so_often_and_lives_on() {
    let world = World::with(|config| config.policy.refresh_limit = 3).await;
    let mut alice = world.person("alice").await;
    let mut bob = world.person("bob").await;
    for _ in 0..3 {
        alice.refreshes(None).await.is(200);
    }
    for _ in 0..2 {
        let refused = alice.refreshes(None).await;
        let refused = refused.refused_as(429, "rate_limited").challenges(None);
        assert_eq!(refused.header("set-cookie"), None);
    }
    bob.refreshes(None).await.is(200);
    alice.gets("/api/me").await.is(200);
    world.passes(601);
    alice.refreshes(None).await.is(200);
}

#[tokio::test]
async fn garbage_counts_for_no_session() {
    let world = World::with(|config| config.policy.refresh_limit = 1).await;
    let mut alice = world.person("alice").await;
    let bob = world.person("bob").await;
    let mut thief = alice.clone_cookies();
    // Her session and generation are 21 bytes; the tag behind them is his.
    let (hers, his) = (alice.cookie.clone().unwrap(), bob.cookie.unwrap());
    thief.cookie = Some(format!("{}{}", &hers[..28], &his[28..]));
    for _ in 0..3 {
        thief.refreshes(None).await.is(401);
    }
    alice.refreshes(None).await.is(200);
}

#[tokio::test]
async fn who_is_told_to_come_again_has_not_tried() {
    let world = World::with(|config| {
        config.hash.parallelism = 1;
        config.hash.queue = 0;
        config.policy.login_limit = 2;
        config.policy.address_limit = 4;
    })
    .await;
    let mut alice = world.person("alice").await;
    let new = json!({"current_password": PASSWORD, "new_password": "seven quiet harbour lamps"});
    let somebody_else = world.app.hasher.try_acquire().unwrap();
    for _ in 0..3 {
        let mut browser = world.browser();
        browser
            .signs_in("alice", PASSWORD)
            .await
            .refused_as(503, "unavailable");
        browser.registers("bob").await.is(503);
        alice.posts("/api/me/password", &new).await.is(503);
    }
    drop(somebody_else);
    world.browser().registers("bob").await.is(201);
    world.browser().signs_in("alice", PASSWORD).await.is(200);
    alice.posts("/api/me/password", &new).await.is(200);
}
