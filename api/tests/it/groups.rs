//! Sessions that move together, where many write at once.

mod on_postgres {
    use crate::place::Place;
    use crate::postgres::Cluster;
    use crate::world::World;
    use api::db::{Cas, ConnectionTrait, commit, session};
    use futures::future::join;
    use protocol::{Millis, server};
    use std::time::Instant;

    const NOW: Millis = Millis(1_000);
    const LATER: Millis = Millis(1_000_000);

    async fn moves(world: &World, id: &str) -> Option<Cas> {
        let next = server::Session {
            generation: 1,
            rotated_at: NOW,
            attempt_key: None,
            grace_reuses: 0,
            idle_expires_at: LATER,
            absolute_expires_at: LATER,
            revoked: false,
            user_enabled: true,
        };
        session::rotate(&world.app.db, id, &next, NOW).await.ok()
    }

    /// The group leaves it out, and it alone waits until it is let go.
    #[tokio::test]
    async fn a_session_that_somebody_else_holds_takes_no_other_along() {
        let world = World::on(Place::Server(Cluster::shared().database()), |_| {}).await;
        let rows = "INSERT INTO users (id, username, password_hash, roles, created_at) \
                    VALUES ('alice', 'alice', '', 'user', 0); \
                    INSERT INTO sessions (id, user_id, created_at, salt, generation, rotated_at, \
                    race_uses, idle_expires_at, absolute_expires_at) \
                    SELECT id, 'alice', 0, '', 0, 0, 0, 1000000, 1000000 \
                    FROM (VALUES ('first'), ('held'), ('last')) AS ids (id)";
        world.sql(rows).await;
        let holder = world.app.db.begin().await.unwrap();
        let taken = "UPDATE sessions SET race_uses = 1 WHERE id = 'held'";
        holder.execute_unprepared(taken).await.unwrap();

        // All ask before the first statement is sent, so they are one group.
        let held = async {
            let swap = moves(&world, "held").await;
            (swap, Instant::now())
        };
        let others = async {
            let swaps = join(moves(&world, "last"), moves(&world, "first")).await;
            let told = Instant::now();
            commit(holder).await.unwrap();
            (swaps, told)
        };
        let ((held, then), (others, before)) = join(held, others).await;
        assert_eq!(others, (Some(Cas::Applied), Some(Cas::Applied)));
        assert_eq!(held, Some(Cas::Applied));
        assert!(before < then);
        assert_eq!(moves(&world, "first").await, Some(Cas::Stale));
    }
}
