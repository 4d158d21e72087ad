//! A new password takes time to judge, which nobody may take without a limit.

use crate::world::{PASSWORD, World};
use serde_json::json;

/// Signs that read as letters in many ways: judging it took as long as a hundred hashes.
const CRAFTED: &str = "4@8({[<3691!|70$5+%24@8({[<3691!|70$5+%24@8({[<3691!|70$5+%24@8({[<3691";

#[tokio::test]
async fn new_passwords_are_judged_as_often_as_the_limit_says() {
    let world = World::with(|config| config.policy.login_limit = 3).await;
    let mut alice = world.person("alice").await;
    // Weak, so that the current password stays right.
    let change = json!({"current_password": PASSWORD, "new_password": "passwordpassword"});
    for _ in 0..3 {
        let refused = alice.posts("/api/me/password", &change).await;
        refused.refuses("new_password", "guessable");
    }
    let refused = alice.posts("/api/me/password", &change).await;
    refused.refused_as(429, "rate_limited");
    world.passes(601);
    let change = json!({"current_password": PASSWORD, "new_password": CRAFTED});
    alice.posts("/api/me/password", &change).await.is(200);
}

/// The judgement waits for a permit like a hash, and so is bounded in number.
#[tokio::test]
async fn a_password_is_judged_under_the_permit_of_its_hash() {
    let world = World::with(|config| {
        config.hash.parallelism = 1;
        config.hash.queue = 0;
    });
    let world = world.await;
    let permit = world.app.hasher.try_acquire().unwrap();
    let form = json!({"username": "alice", "password": "passwordpassword"});
    let mut browser = world.browser();
    let refused = browser.posts("/api/auth/register", &form).await;
    refused.refused_as(503, "unavailable");
    drop(permit);
    let refused = browser.posts("/api/auth/register", &form).await;
    refused.refuses("password", "guessable");
}
