//! Sessions are ended by somebody whose clock shows another time than the nodes', and each node hears
//! of it all the same: what is new is found by what the database counts.

use crate::browser::Browser;
use crate::world::{PASSWORD, World};
use api::AppState;
use api::auth::account::admin::{
    raise_cutoff, revoke_below_cutoff, revoke_from_cli, update_from_cli,
};
use api::clock::Clock;
use api::db::Database;
use api::db::session::Selector;
use protocol::Millis;
use shared::admin::UpdateUser;

/// By how many seconds a clock is off. Ninety were enough before.
const OFF: [i64; 5] = [-7_200, -90, 0, 90, 7_200];

/// A node whose clock is off, and that has looked at what ended until now.
async fn node(world: &World, off: i64) -> AppState {
    let right = world.app.clock.clone();
    let clock = Clock::from_fn(move || Millis(right.now().0.saturating_add_signed(off * 1000)));
    let db = Database::connect(&world.app.config.database).await.unwrap();
    let node = AppState::new(world.app.config.clone(), clock, db)
        .await
        .unwrap();
    looks(&node).await;
    node
}

async fn looks(node: &AppState) {
    let now = node.clock.now();
    node.deny.sync(&node.db, now).await.unwrap();
}

fn denies(node: &AppState, person: &Browser<'_>) -> bool {
    let claims: serde_json::Value = crate::mint::part(person.token.as_ref().unwrap(), 1);
    let claims = serde_json::from_value(claims).unwrap();
    node.deny.revocation_of_claims(&claims).is_some()
}

/// What the terminal's clock shows.
fn terminal(world: &World, off: i64) -> Millis {
    Millis(world.app.clock.now().0.saturating_add_signed(off * 1000))
}

#[tokio::test]
async fn an_end_from_a_terminal_is_felt_whatever_any_clock_shows() {
    let world = World::new().await;
    let db = Database::connect(&world.app.config.database).await.unwrap();
    for (number, off) in OFF.into_iter().enumerate() {
        let name = format!("person-{number}");
        let (person, other) = (
            world.person(&name).await,
            world.person(&format!("{name}x")).await,
        );
        let nodes = [
            node(&world, -600).await,
            node(&world, 0).await,
            node(&world, 600).await,
        ];
        let id = world.id_of(&name).await;
        revoke_from_cli(&db, Selector::AllOf(&id), terminal(&world, off))
            .await
            .unwrap();
        for node in &nodes {
            assert!(!denies(node, &person));
            looks(node).await;
            assert!(denies(node, &person), "the terminal is {off} seconds off");
            assert!(!denies(node, &other));
        }
        let late = node(&world, 600).await;
        assert!(denies(&late, &person), "so does a node that starts later");
    }
}

#[tokio::test]
async fn who_is_disabled_at_a_terminal_is_out_whatever_its_clock_shows() {
    let world = World::new().await;
    let db = Database::connect(&world.app.config.database).await.unwrap();
    for (number, off) in OFF.into_iter().enumerate() {
        let name = format!("person-{number}");
        let person = world.person(&name).await;
        looks(&world.app).await;
        let bar = UpdateUser {
            roles: None,
            disabled: Some(true),
        };
        let id = world.id_of(&name).await;
        let changed = update_from_cli(&db, &id, bar, terminal(&world, off)).await;
        changed.unwrap();
        looks(&world.app).await;
        let refused = person.gets("/api/me").await;
        refused
            .refused_as(401, "session_revoked")
            .because("disabled");
    }
}

/// All are out before the first row says so, and whoever signs in next stays in.
#[tokio::test]
async fn everybody_is_out_at_once_whatever_the_terminals_clock_shows() {
    let world = World::new().await;
    let db = Database::connect(&world.app.config.database).await.unwrap();
    let mut alice = world.person("alice").await;
    for off in OFF {
        let mut bob = world.browser();
        bob.signs_in("alice", PASSWORD).await.is(200);
        let nodes = [node(&world, -600).await, node(&world, 600).await];
        raise_cutoff(&db, terminal(&world, off)).await.unwrap();
        for person in [&mut alice, &mut bob] {
            let refused = person.clone().refreshes(None).await;
            refused
                .refused_as(401, "session_revoked")
                .because("ended_by_admin");
        }
        // In the same instant, on a node that does not know yet.
        alice.signs_in("alice", PASSWORD).await.is(200);
        alice.gets("/api/me").await.is(200);
        let list = alice.gets("/api/me/sessions").await.is(200).json();
        assert_eq!(list["sessions"].as_array().unwrap().len(), 1);
        for node in nodes.iter().chain([&*world.app]) {
            looks(node).await;
            assert!(denies(node, &bob) && !denies(node, &alice), "{off}");
        }
        let refused = bob.gets("/api/me").await;
        refused
            .refused_as(401, "session_revoked")
            .because("ended_by_admin");
        alice.refreshes(None).await.is(200);
        alice.gets("/api/me").await.is(200);
    }
    let ended = revoke_below_cutoff(&db, terminal(&world, 0), |_| {}).await;
    assert_eq!(ended.unwrap(), 2 * OFF.len(), "the last of hers goes on");
    alice.refreshes(None).await.is(200);
}
