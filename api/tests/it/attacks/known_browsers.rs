//! Cookies of known browsers were a way around both limits: they outlived a new password and were
//! unlimited in number.

use crate::browser::Browser;
use crate::world::{PASSWORD, World};
use serde_json::json;

const WRONG: &str = "not her password";
const ANOTHER: &str = "seven quiet harbour lamps";

/// A new browser by which that user signs in once.
async fn known<'w>(world: &'w World, name: &str) -> Browser<'w> {
    let mut browser = world.browser();
    browser.signs_in(name, PASSWORD).await.is(200);
    browser
}

/// How many of so many wrong passwords by that browser were compared.
async fn guesses(browser: &Browser<'_>, tries: usize) -> usize {
    let mut compared = 0;
    for _ in 0..tries {
        let answer = browser.clone().signs_in("alice", WRONG).await;
        compared += usize::from(answer.status == 401);
    }
    compared
}

/// Strangers try until none may any more.
async fn strangers_use_up(world: &World) {
    while world.browser().signs_in("alice", WRONG).await.status != 429 {}
}

#[tokio::test]
async fn all_known_browsers_of_a_user_have_the_tries_of_one() {
    let world = World::with(|config| config.policy.login_limit = 5).await;
    let mut browsers = vec![world.person("alice").await];
    for _ in 0..12 {
        browsers.push(known(&world, "alice").await);
    }
    let mut compared = 0;
    for browser in &browsers {
        compared += guesses(browser, 6).await;
    }
    assert_eq!(compared, 10, "five by known browsers, five by strangers");
}

#[tokio::test]
async fn accounts_of_one_address_do_not_get_around_its_limit() {
    let world = World::with(|config| {
        config.policy.login_limit = 20;
        config.policy.address_limit = 20;
    });
    let world = world.await;
    let mut browsers = Vec::new();
    for number in 0..10 {
        browsers.push(world.person(&format!("mallory{number}")).await);
    }
    let mut admitted = 0;
    for browser in &mut browsers {
        for _ in 0..20 {
            let name = browser.name.clone();
            let answer = browser.signs_in(&name, PASSWORD).await;
            admitted += u32::from(answer.status == 200);
        }
    }
    assert_eq!(
        admitted,
        20 + 10,
        "ten accounts were made of the other twenty tries"
    );
}

/// Before, they were counted apart, and strangers had the whole limit besides.
#[tokio::test]
async fn what_known_browsers_try_counts_in_the_limit_of_their_address() {
    let world = World::with(|config| config.policy.address_limit = 4).await;
    let mut alice = world.person("alice").await;
    for _ in 0..3 {
        alice.signs_in("alice", PASSWORD).await.is(200);
    }
    let refused = world.browser().registers("bob").await;
    refused.refused_as(429, "rate_limited");
    // Strangers who use it up first leave them as many again, and no more.
    for _ in 0..4 {
        alice.signs_in("alice", PASSWORD).await.is(200);
    }
    let refused = alice.signs_in("alice", PASSWORD).await;
    refused.refused_as(429, "rate_limited");
}

#[tokio::test]
async fn a_new_password_forgets_all_browsers_but_its_own() {
    let world = World::with(|config| config.policy.login_limit = 3).await;
    let mut alice = world.person("alice").await;
    let phone = known(&world, "alice").await;
    let before = alice.device.clone();
    let change = json!({"current_password": PASSWORD, "new_password": ANOTHER});
    alice.posts("/api/me/password", &change).await.is(200);
    assert_ne!(alice.device, before, "it is known by a new cookie");
    strangers_use_up(&world).await;
    for forgotten in [phone.device, before] {
        let mut browser = world.browser();
        browser.device = forgotten;
        browser.signs_in("alice", ANOTHER).await.is(429);
    }
    alice.signs_in("alice", ANOTHER).await.is(200);
}

#[tokio::test]
async fn the_newest_eight_browsers_of_a_user_are_known() {
    let world = World::new().await;
    let mut browsers = vec![world.person("alice").await];
    for _ in 0..8 {
        browsers.push(known(&world, "alice").await);
    }
    strangers_use_up(&world).await;
    let oldest = browsers.remove(0);
    oldest.clone().signs_in("alice", PASSWORD).await.is(429);
    for browser in &browsers {
        browser.clone().signs_in("alice", PASSWORD).await.is(200);
    }
}

/// A sign-in by a known browser gives it no new number, or its user would forget the others.
#[tokio::test]
async fn a_known_browser_displaces_no_other() {
    let world = World::new().await;
    let first = world.person("alice").await;
    let mut second = known(&world, "alice").await;
    for _ in 0..10 {
        second.signs_in("alice", PASSWORD).await.is(200);
    }
    strangers_use_up(&world).await;
    first.clone().signs_in("alice", PASSWORD).await.is(200);
}
