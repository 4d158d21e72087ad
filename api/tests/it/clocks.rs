//! Several nodes, and clocks that do not agree.

mod on_postgres {
    use crate::place::Place;
    use crate::postgres::Cluster;
    use crate::world::World;
    use api::App;
    use api::auth::caller::Caller;
    use api::auth::clean::keep_time;
    use api::auth::refresh::refresh;
    use api::clock::Clock;
    use api::db::Database;
    use protocol::Millis;
    use std::net::Ipv4Addr;

    /// A node whose machine shows the time of ours and so many seconds more, after it has asked
    /// the database what time it is.
    async fn node(world: &World, ahead: i64) -> App {
        let clock = Clock::from_fn(move || {
            let now = Clock::system().now();
            Millis(now.0.saturating_add_signed(ahead * 1000))
        });
        let config = world.app.config.clone();
        let db = Database::open(&config.database).await.unwrap();
        let node = App::new(config, clock, db).await.unwrap();
        keep_time(&node).await.unwrap();
        node
    }

    /// I-22: without the database's clock these two would be twenty minutes apart, and what is
    /// another tab to one of them would be a thief to the other.
    #[tokio::test]
    async fn nodes_ten_minutes_off_go_by_the_clock_of_the_database() {
        let place = Place::Server(Cluster::shared().database());
        let world = World::on(place, |_| {}).await;
        keep_time(&world.app).await.unwrap();
        let alice = world.person("alice").await;
        let token = alice.cookie.unwrap();
        let caller = Caller::new(Ipv4Addr::LOCALHOST.into(), None);
        let (ahead, behind) = (node(&world, 600).await, node(&world, -600).await);
        let first = refresh(&ahead, &token, Some("one tab"), &caller).await;
        let second = refresh(&behind, &token, Some("another"), &caller).await;
        let [first, second] = [first, second].map(Result::unwrap);
        assert_eq!(first.refresh_token.expose(), second.refresh_token.expose());
        let issued = &second.signed_in.access_token.0;
        for node in [&ahead, &behind, &*world.app] {
            assert!(node.access.verify(issued, node.clock.now()).is_ok());
        }
    }
}
