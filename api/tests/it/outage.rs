//! When something is away, nobody is signed out, and nothing is half done.

use crate::answer::Answer;
use crate::world::{PASSWORD, World};
use api::config::HashCost;
use futures::future::join_all;
use serde_json::json;

/// I-15.
#[tokio::test]
async fn a_database_that_is_away_gives_503_and_touches_no_cookie() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let before = alice.cookie.clone();
    world.app.db.clone().close().await.unwrap();

    let refused = alice
        .refreshes(Some("one"))
        .await
        .refused_as(503, "unavailable");
    assert_eq!(refused.header("set-cookie"), None);
    assert_eq!(alice.cookie, before);
    alice.gets("/api/auth/session").await.is(200);
    for path in ["/api/me", "/api/me/sessions", "/readyz"] {
        alice.gets(path).await.refused_as(503, "unavailable");
    }
    let mut other = world.browser();
    other
        .signs_in("alice", PASSWORD)
        .await
        .refused_as(503, "unavailable");
    other.registers("bob").await.refused_as(503, "unavailable");
    let left = alice.signs_out("this").await.refused_as(503, "unavailable");
    assert_eq!(left.header("set-cookie"), None, "nobody was signed out");
    world.browser().gets("/healthz").await.is(200);
}

/// I-25.
#[tokio::test(flavor = "multi_thread")]
async fn hashing_does_not_starve_the_server() {
    let world = World::with(|config| {
        config.hash = HashCost {
            memory_kib: 19_456,
            iterations: 2,
            parallelism: 1,
            queue: 2,
        };
    })
    .await;
    let alice = world.person("alice").await;
    let crowd = join_all((0..12).map(|turn| {
        let mut browser = world.browser();
        async move { browser.signs_in(&format!("person{turn}"), PASSWORD).await }
    }));
    let (answers, me) = tokio::join!(crowd, alice.gets("/api/me"));
    me.is(200);
    let shed = answers.iter().filter(|answer| answer.status == 503).count();
    assert!(shed > 0, "more came than may wait");
    for answer in answers {
        match answer.status {
            401 => answer.refused_as(401, "invalid_credentials"),
            _ => answer.refused_as(503, "unavailable"),
        };
    }
}

/// Source: kanidm/kanidm#568.
#[tokio::test]
async fn restart_keeps_sessions() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let mut bob = world.person("bob").await;
    bob.signs_out("this").await.is(204);
    let again = world.restarted().await;
    let mut alice = alice.moved_to(&again);
    let bob = bob.moved_to(&again);
    alice.gets("/api/me").await.is(200);
    alice.refreshes(None).await.is(200);
    bob.gets("/api/me").await.refused_as(401, "session_revoked");
}

/// One table is away: whatever needs it answers 503, and nothing of it is done.
#[tokio::test]
async fn what_fails_half_way_is_not_done_at_all() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut alice = world.person("alice").await;
    let page = admin.gets("/api/admin/users?search=alice").await.json();
    let path = format!(
        "/api/admin/users/{}",
        page["users"][0]["id"].as_str().unwrap()
    );
    let change = json!({"current_password": PASSWORD, "new_password": "seven quiet harbour lamps"});
    let mut bob = world.browser();

    world.sql("ALTER TABLE sessions RENAME TO elsewhere").await;
    let unavailable = |answer: Answer| {
        let answer = answer.refused_as(503, "unavailable").challenges(None);
        assert_eq!(answer.header("set-cookie"), None);
    };
    unavailable(bob.registers("bob").await);
    unavailable(bob.signs_in("alice", PASSWORD).await);
    unavailable(alice.refreshes(None).await);
    unavailable(alice.signs_out("all").await);
    unavailable(alice.posts("/api/me/password", &change).await);
    unavailable(admin.patches(&path, &json!({"disabled": true})).await);
    unavailable(
        admin
            .patches(&path, &json!({"roles": ["user", "admin"]}))
            .await,
    );
    world.sql("ALTER TABLE elsewhere RENAME TO sessions").await;

    bob.registers("bob").await.is(201);
    alice.refreshes(None).await.is(200);
    let mut phone = world.browser();
    phone.signs_in("alice", PASSWORD).await.is(200);
    let user = admin.gets(&path).await.is(200).json();
    assert_eq!(
        (&user["disabled"], &user["roles"]),
        (&json!(false), &json!(["user"]))
    );
    assert_eq!(user["live_sessions"], 2, "no session without its answer");
}

#[tokio::test]
async fn without_its_counters_nobody_may_guess() {
    let world = World::new().await;
    world.person("alice").await;
    world.sql("DROP TABLE throttles").await;
    let mut guesser = world.browser();
    let refused = guesser.signs_in("alice", PASSWORD).await;
    refused.refused_as(503, "unavailable");
    assert_eq!(guesser.cookie, None);
}
