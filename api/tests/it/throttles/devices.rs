//! A browser that somebody signed in by before is not kept out by what strangers try.

use super::{PASSWORD, WRONG, World, join_all};
use crate::browser::Browser;
use serde_json::json;

/// Strangers try that name until nobody may any more.
async fn used_up(world: &World, name: &str) {
    while world.browser().signs_in(name, WRONG).await.status != 429 {}
}

/// How many of so many tries at once were compared with the password.
async fn checked_tries(browser: &Browser<'_>, name: &str, tries: usize) -> usize {
    let tries = (0..tries).map(|_| {
        let mut browser = browser.clone();
        async move { browser.signs_in(name, WRONG).await.status }
    });
    let statuses = join_all(tries).await;
    let judged = statuses.iter().filter(|status| **status == 401);
    judged.count()
}

#[tokio::test]
async fn strangers_cannot_keep_a_known_browser_out() {
    let world = World::with(|config| config.policy.login_limit = 3).await;
    let mut alice = world.person("alice").await;
    alice.signs_out("this").await.is(204);
    used_up(&world, "alice").await;
    world.browser().signs_in("alice", PASSWORD).await.is(429);
    alice.signs_in("alice", PASSWORD).await.is(200);
    let changed = alice.moved_to(&world).signs_in("ALICE", WRONG).await;
    changed.refused_as(401, "invalid_credentials");
    // It gave the strangers nothing.
    world.browser().signs_in("alice", PASSWORD).await.is(429);

    let restarted = world.restarted().await;
    let mut alice = alice.moved_to(&restarted);
    alice.signs_in("alice", PASSWORD).await.is(200);
}

#[tokio::test]
async fn strangers_of_the_same_address_cannot_either() {
    let world = World::with(|config| config.policy.address_limit = 2).await;
    let mut alice = world.person("alice").await;
    world.browser().signs_in("bob", WRONG).await.is(401);
    world.browser().signs_in("bob", WRONG).await.is(429);
    alice.signs_in("alice", PASSWORD).await.is(200);
}

/// I-18.
#[tokio::test(flavor = "multi_thread")]
async fn parallel_guesses_by_a_known_browser_never_exceed_its_limit() {
    let world = World::with(|config| config.policy.login_limit = 5).await;
    let alice = world.person("alice").await;
    used_up(&world, "alice").await;
    assert_eq!(checked_tries(&alice, "alice", 20).await, 5);
    let again = alice.clone().signs_in("alice", PASSWORD).await;
    again.refused_as(429, "rate_limited");
    world.passes(601);
    alice.clone().signs_in("alice", PASSWORD).await.is(200);
}

/// Showing the cookie is never worse than showing none.
#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_used_up_its_tries_is_a_stranger() {
    let world = World::with(|config| config.policy.login_limit = 5).await;
    let alice = world.person("alice").await;
    assert_eq!(checked_tries(&alice, "alice", 30).await, 10);
}

/// Or somebody with an account could hash without end.
#[tokio::test]
async fn a_sign_in_by_a_known_browser_gives_it_no_new_tries() {
    let world = World::with(|config| {
        config.policy.login_limit = 2;
        config.policy.address_limit = 2;
    });
    let world = world.await;
    let mut alice = world.person("alice").await;
    world.browser().signs_in("bob", WRONG).await.is(401);
    for _ in 0..2 {
        alice.signs_in("alice", PASSWORD).await.is(200);
    }
    alice.signs_in("alice", PASSWORD).await.is(429);
}

#[tokio::test]
async fn a_browser_is_known_for_its_own_person_alone() {
    let world = World::with(|config| config.policy.login_limit = 2).await;
    world.person("alice").await;
    let mallory = world.person("mallory").await;
    let shown = mallory.device.clone().unwrap();
    let garbled = format!("{shown}x");
    let twice = format!("{shown}; __Host-Http-device={shown}");
    for name in ["alice", "nobody"] {
        for shown in [&shown, &garbled, &twice] {
            used_up(&world, name).await;
            let mut browser = world.browser();
            browser.device = Some(shown.clone());
            let refused = browser.signs_in(name, PASSWORD).await;
            refused.refused_as(429, "rate_limited");
        }
    }
}

#[tokio::test]
async fn a_browser_that_was_not_used_for_half_a_year_is_forgotten() {
    let world = World::with(|config| config.policy.login_limit = 2).await;
    let mut alice = world.person("alice").await;
    world.passes(179 * 86_400);
    used_up(&world, "alice").await;
    let late = alice.clone();
    alice.signs_in("alice", PASSWORD).await.is(200);
    world.passes(2 * 86_400);
    used_up(&world, "alice").await;
    late.clone().signs_in("alice", PASSWORD).await.is(429);
    // It was renewed two days ago.
    alice.signs_in("alice", PASSWORD).await.is(200);
}

#[tokio::test]
async fn only_a_sign_in_makes_a_browser_known() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let device = alice.device.take().unwrap();
    alice.refreshes(None).await.is(200);
    assert_eq!(alice.device, None);
    alice.signs_in("alice", WRONG).await.is(401);
    assert_eq!(alice.device, None);
    alice.signs_in("alice", PASSWORD).await.is(200);
    let other = alice.device.clone().unwrap();
    assert_ne!(other, device, "another browser, as far as can be known");
    alice.signs_out("all").await.is(204);
    assert_eq!(alice.device, Some(other), "it stays known");
}

#[tokio::test]
async fn strangers_cannot_keep_anybody_from_changing_the_password() {
    let world = World::with(|config| config.policy.login_limit = 4).await;
    let mut alice = world.person("alice").await;
    used_up(&world, "alice").await;
    let change = |current: &str| json!({"current_password": current, "new_password": "seven quiet harbour lamps"});
    let guess = change(WRONG);
    alice.posts("/api/me/password", &guess).await.is(401);
    let right = change(PASSWORD);
    alice.posts("/api/me/password", &right).await.is(200);
    // Neither a right password nor a new one gives more tries.
    for status in [401, 401, 429] {
        alice.posts("/api/me/password", &guess).await.is(status);
    }
}
