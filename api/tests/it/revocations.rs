//! How a node hears of sessions that ended: all of them, each once, and however many there are.

use crate::place::Place;
use crate::postgres::Cluster;
use crate::world::World;
use api::AppState;
use api::background::prune;
use api::db::acting::Authority;
use api::db::session::{Selector, revoke};
use api::db::{ConnectionTrait, commit};
use sea_orm::DbBackend;
use shared::session::RevocationReason;

async fn looks(world: &World) -> usize {
    let AppState {
        deny, db, clock, ..
    } = &*world.app;
    deny.sync(db, clock.now()).await.unwrap()
}

/// The second number is committed before the first, and each is heard of once.
#[tokio::test]
async fn what_is_committed_out_of_order_is_heard_of_all_the_same() {
    let world = World::on(Place::Server(Cluster::shared().database()), |_| {}).await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    looks(&world).await;
    let now = world.app.clock.now();
    let slow = world.app.db.begin().await.unwrap();
    let fast = world.app.db.begin().await.unwrap();
    for (on, name) in [(&slow, "alice"), (&fast, "bob")] {
        let id = world.id_of(name).await;
        let ended = revoke(
            Authority::Rule(on),
            Selector::AllOf(&id),
            RevocationReason::ByUser,
            now,
        )
        .await;
        assert_eq!(ended.unwrap().len(), 1);
    }
    commit(fast).await.unwrap();
    assert_eq!(looks(&world).await, 1);
    bob.gets("/api/me").await.refused_as(401, "session_revoked");
    alice.gets("/api/me").await.is(200);
    assert_eq!(looks(&world).await, 0);
    commit(slow).await.unwrap();
    assert_eq!(looks(&world).await, 1, "what the first look could not see");
    alice
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked");
    assert_eq!(looks(&world).await, 0);
}

/// A look that finds nothing new reads no row, however much there is.
#[tokio::test]
async fn what_was_read_is_not_read_again() {
    let world = World::new().await;
    ends_many(&world, 25_000).await;
    assert_eq!(looks(&world).await, 25_000);
    for _ in 0..3 {
        assert_eq!(looks(&world).await, 0);
        world.passes(1);
    }
    let mut alice = world.person("alice").await;
    alice.signs_out("this").await.is(204);
    assert_eq!(looks(&world).await, 1);
    assert_eq!(world.restarted().await.app.deny.len(), 25_001);
}

/// Somebody with a client of the database, or a node of the release before, knows nothing of numbers.
#[tokio::test]
async fn an_end_that_is_written_by_anybody_is_heard_of() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    looks(&world).await;
    world.sql("UPDATE sessions SET revoked_at = 1").await;
    assert_eq!(looks(&world).await, 1);
    alice
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked");
    world.sql("UPDATE sessions SET revoked_at = 2").await;
    assert_eq!(looks(&world).await, 0, "it ended once");
}

/// The rows go once every access token of theirs is over, by the clock that wrote them.
#[tokio::test]
async fn what_ended_long_ago_is_deleted_and_nothing_else() {
    let world = World::new().await;
    ends_many(&world, 250).await;
    world
        .sql("UPDATE revocations SET at = at - 4600000 WHERE number <= 240")
        .await;
    prune(&world.app).await.unwrap();
    assert_eq!(world.restarted().await.app.deny.len(), 10);
    let mut alice = world.person("alice").await;
    looks(&world).await;
    // Not even the newest number comes twice.
    world.sql("DELETE FROM revocations").await;
    alice.signs_out("this").await.is(204);
    assert_eq!(looks(&world).await, 1);
}

/// The command was closed after its first statement; the rows end all the same.
#[tokio::test]
async fn a_node_finishes_what_a_terminal_began() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let now = world.app.clock.now();
    api::auth::account::admin::raise_cutoff(&world.app.db, now)
        .await
        .unwrap();
    prune(&world.app).await.unwrap();
    let rest = api::auth::account::admin::revoke_below_cutoff(&world.app.db, now, |_| {}).await;
    assert_eq!(rest.unwrap(), 0);
    let refused = alice.refreshes(None).await;
    refused
        .refused_as(401, "session_revoked")
        .because("ended_by_admin");
}

async fn ends_many(world: &World, count: u32) {
    let (series, id) = match world.app.db.connection().get_database_backend() {
        DbBackend::Postgres => (
            format!("generate_series(1, {count}) AS n"),
            "lpad(to_hex(n), 32, '0')",
        ),
        _ => (
            format!(
                "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) \
                 SELECT n FROM s) AS t"
            ),
            "printf('%032x', n)",
        ),
    };
    let statement = format!(
        "INSERT INTO revocations (session_id, reason) SELECT {id}, 'signed_out' FROM {series}"
    );
    world.sql(&statement).await;
}
