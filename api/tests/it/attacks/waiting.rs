//! Calls that wait for the database, and go away.

use crate::answer::Answer;
use crate::world::World;
use futures::future::join_all;
use futures::{FutureExt, StreamExt, stream::FuturesUnordered};

/// More than may wait, and as many as an address may have connections.
const CROWD: usize = 500;

#[tokio::test]
async fn few_calls_wait_for_the_database_and_the_rest_hears_at_once() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    // The database's one writer is busy; on PostgreSQL, all of its connections are.
    let mut held = Vec::new();
    for _ in 0..world.app.db.pool_stats().max {
        held.push(world.app.db.begin_first().await.unwrap());
    }
    {
        let mut calls: FuturesUnordered<_> = (0..CROWD).map(|_| alice.gets("/api/me")).collect();
        let mut refused = 0;
        while let Some(Some(answer)) = calls.next().now_or_never() {
            answer.refused_as(503, "unavailable");
            refused += 1;
        }
        assert!(refused >= CROWD - 100, "{refused} heard at once");
        drop(held);
        calls.next().await.unwrap().is(200);
        // The others hang up, and what they held is free again.
    }
    alice.gets("/api/me").await.is(200);
    alice.refreshes(None).await.is(200);
    let calls = join_all((0..50).map(|_| alice.gets("/api/me"))).await;
    assert!(calls.iter().all(|answer: &Answer| answer.status == 200));
}

#[tokio::test]
async fn however_many_ask_whether_it_is_ready_one_look_answers_them() {
    let world = World::new().await;
    let anyone = world.browser();
    // Where this machine is so slow that the look is older than a second, there is another: once more.
    for _ in 0..5 {
        anyone.gets("/readyz").await.is(200);
        let mut held = Vec::new();
        for _ in 0..world.app.db.pool_stats().max {
            held.push(world.app.db.begin_first().await.unwrap());
        }
        let answers = join_all((0..CROWD).map(|_| anyone.gets("/readyz"))).await;
        if answers.iter().all(|answer| answer.status == 200) {
            return;
        }
    }
    panic!("each of them waits for the database");
}
