//! Sessions that move together, where many write at once.

mod on_postgres {
    use crate::place::Place;
    use crate::postgres::Cluster;
    use crate::world::World;
    use api::db::{ConnectionTrait, Swap, commit, session};
    use futures::future::join_all;
    use protocol::{Millis, server};

    const NOW: Millis = Millis(1_000);
    const LATER: Millis = Millis(1_000_000);

    async fn moves(world: &World, id: &str) -> Option<Swap> {
        let next = server::Session {
            generation: 1,
            rotated_at: NOW,
            attempt: None,
            race_uses: 0,
            idle_expires_at: LATER,
            absolute_expires_at: LATER,
            revoked: false,
            user_enabled: true,
        };
        session::rotate(&world.app.db, id, &next, NOW).await.ok()
    }

    /// Without falling back to one by one, the other would be refused with the one that is held.
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
        let all = ["last", "held", "first"].map(|id| moves(&world, id));
        let [last, held, first] = <[_; 3]>::try_from(join_all(all).await).unwrap();
        assert_eq!((last, first), (Some(Swap::Won), Some(Swap::Won)));
        assert_eq!(held, None);

        commit(holder).await.unwrap();
        assert_eq!(moves(&world, "held").await, Some(Swap::Won));
        assert_eq!(moves(&world, "first").await, Some(Swap::Lost));
    }
}
