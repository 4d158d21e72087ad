//! What is our fault is said to be, and harms nobody else.

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn a_panic_is_an_internal_error_and_the_next_request_is_fine() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let before = alice.cookie.clone();
    let time = world.breaks_the_clock();
    let me = alice.gets("/api/me").await;
    me.refused_as(500, "internal_error").challenges(None);
    let refused = alice.refreshes(None).await;
    let refused = refused.refused_as(500, "internal_error");
    assert_eq!(refused.header("set-cookie"), None);
    assert!(!refused.text.contains("clock"), "{}", refused.text);
    world.browser().gets("/healthz").await.is(200);

    world.mends_the_clock(time);
    assert_eq!(alice.cookie, before);
    alice.gets("/api/me").await.is(200);
    alice.refreshes(None).await.is(200);
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}
