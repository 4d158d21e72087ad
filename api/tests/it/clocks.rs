//! Several nodes, and clocks that do not agree.

mod on_postgres {
    use crate::place::Place;
    use crate::postgres::Cluster;
    use crate::world::World;
    use api::AppState;
    use api::auth::client_info::ClientInfo;
    use api::auth::flow::refresh::refresh;
    use api::background::sync_clock;
    use api::clock::Clock;
    use api::db::Database;
    use protocol::Millis;
    use std::net::Ipv4Addr;

    /// A node whose machine shows the time of ours and so many seconds more, after it has asked
    /// the database what time it is.
    async fn node(world: &World, ahead: i64) -> AppState {
        let clock = Clock::from_fn(move || {
            let now = Clock::system().now();
            Millis(now.0.saturating_add_signed(ahead * 1000))
        });
        let config = world.app.config.clone();
        let db = Database::connect(&config.database).await.unwrap();
        let node = AppState::new(config, clock, db).await.unwrap();
        sync_clock(&node).await.unwrap();
        node
    }

    /// I-22: without the database's clock these two would be twenty minutes apart, and what is
    /// another tab to one of them would be a thief to the other.
    #[tokio::test]
    async fn nodes_ten_minutes_off_go_by_the_clock_of_the_database() {
        let place = Place::Server(Cluster::shared().database());
        let world = World::on(place, |_| {}).await;
        sync_clock(&world.app).await.unwrap();
        let alice = world.person("alice").await;
        let token = alice.cookie.unwrap();
        let caller = ClientInfo::new(Ipv4Addr::LOCALHOST.into(), None);
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

mod set_back {
    use crate::world::{PASSWORD, World};

    const HOUR: u64 = 3_600;

    /// A machine began its day six hours ahead. Its sessions are refused where a browser can do
    /// something about it, not with tokens that are refused until the clock has caught up.
    #[tokio::test]
    async fn a_session_of_the_far_future_is_told_to_sign_in_again() {
        let world = World::new().await;
        let right = world.app.clock.now().0;
        world.passes(6 * HOUR);
        let mut alice = world.person("alice").await;
        world.mends_the_clock(right);
        alice.gets("/api/me").await.refused_as(401, "invalid_token");
        let refused = alice.refreshes(None).await;
        refused.refused_as(401, "session_expired");
        alice.signs_in("alice", PASSWORD).await.is(200);
        alice.gets("/api/me").await.is(200);
        alice.refreshes(None).await.is(200);
        alice.gets("/api/me").await.is(200);
    }

    /// Whatever the clock showed when a session began and when it was used, what is issued verifies.
    #[tokio::test]
    async fn whatever_is_issued_verifies_at_once() {
        let world = World::with(|config| {
            config.policy.max_sessions_per_user = 1_000;
            config.policy.login_limit = 1_000;
        })
        .await;
        world.person("alice").await;
        let right = world.app.clock.now().0;
        // In milliseconds: around the whole second, the leeway of tokens, the hour, and far ahead.
        let hour = HOUR * 1_000;
        let ahead = [
            0,
            1,
            999,
            5_500,
            hour - 1,
            hour,
            hour + 1,
            hour + 999,
            6 * hour,
        ];
        let mut issued = 0;
        for began in ahead {
            for used in ahead.into_iter().filter(|used| *used >= began) {
                world.mends_the_clock(right + began);
                let mut alice = world.browser();
                alice.signs_in("alice", PASSWORD).await.is(200);
                alice.gets("/api/auth/session").await.is(200);
                world.mends_the_clock(right + used);
                alice.refreshes(None).await.is(200);
                alice.gets("/api/auth/session").await.is(200);
                world.mends_the_clock(right);
                let answer = alice.refreshes(None).await;
                if answer.status == 200 {
                    issued += 1;
                    alice.gets("/api/auth/session").await.is(200);
                } else {
                    answer.refused_as(401, "session_expired");
                }
            }
        }
        assert!((1..45).contains(&issued), "{issued}");
    }

    /// The last part of a second of a session is too short for any token.
    #[tokio::test]
    async fn whatever_is_issued_at_the_end_of_a_session_verifies_too() {
        let world = World::with(|config| {
            config.policy.refresh_token_ttl = protocol::Millis::from_secs(60);
            config.policy.session_max_age = protocol::Millis::from_secs(60);
        })
        .await;
        let start = world.app.clock.now().0 + 500;
        for left in [1_500, 501, 500, 499, 1] {
            world.mends_the_clock(start);
            let mut alice = world.browser();
            if alice.signs_in("alice", PASSWORD).await.status != 200 {
                alice.registers("alice").await.is(201);
            }
            world.mends_the_clock(start + 60_000 - left);
            let answer = alice.refreshes(None).await;
            if left > 500 {
                answer.is(200);
                alice.gets("/api/auth/session").await.is(200);
            } else {
                answer.refused_as(401, "session_expired");
            }
        }
    }
}
