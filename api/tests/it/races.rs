//! Hashing takes its time, and so does waiting for it. What changes meanwhile counts.

use crate::world::{PASSWORD, World};
use api::auth::account::admin::update_from_cli;
use api::config::HashCost;
use serde_json::{Value, json};
use shared::admin::UpdateUser;
use shared::role::Role;
use std::pin::Pin;
use std::time::Duration;

/// Another node on the same database, where one may hash and one may wait.
async fn slow(world: &World) -> World {
    let narrow = HashCost {
        parallelism: 1,
        queue: 1,
        ..world.app.config.hash
    };
    world.beside(|config| config.hash = narrow).await
}

/// Lets `change` happen while `acting` waits for its turn to hash.
fn meanwhile<'a, T: 'a>(
    slow: &'a World,
    acting: impl Future<Output = T> + 'a,
    change: impl Future<Output = ()> + 'a,
) -> Pin<Box<dyn Future<Output = T> + 'a>> {
    Box::pin(async move {
        let hasher = &slow.app.hasher;
        let place = hasher.try_acquire().expect("nobody is there yet");
        let first = hasher.acquire_run_permit(place).await;
        let steering = async {
            while hasher.stats().waiting == 0 {
                tokio::task::yield_now().await;
            }
            change.await;
            drop(first);
        };
        let all = async { tokio::join!(acting, steering) };
        let (answer, ()) = tokio::time::timeout(Duration::from_secs(30), all)
            .await
            .expect("it comes to wait for its turn");
        answer
    })
}

/// Changes a person by the command line, so to speak.
async fn stands(world: &World, id: &str, change: UpdateUser) {
    let now = world.app.clock.now();
    let changed = update_from_cli(&world.app.db, id, change, now).await;
    changed.unwrap();
}

fn sub(answer: &Value) -> String {
    answer["user"]["id"].as_str().unwrap().to_owned()
}

/// I-12.
#[tokio::test]
async fn a_sign_in_that_began_with_the_old_password_ends_with_it() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let slow = slow(&world).await;
    let mut thief = slow.browser();
    let change = json!({"current_password": PASSWORD, "new_password": "seven quiet harbour lamps"});
    let changing = async {
        alice.posts("/api/me/password", &change).await.is(200);
    };
    let refused = meanwhile(&slow, thief.signs_in("alice", PASSWORD), changing).await;
    refused.refused_as(401, "invalid_credentials");
    assert_eq!(thief.cookie, None);
}

/// I-12.
#[tokio::test]
async fn a_sign_in_gives_the_roles_that_the_person_has_at_its_end() {
    let world = World::new().await;
    world.admin().await;
    let mut bob = world.browser();
    let bob_id = sub(&bob.registers("bob").await.is(201).json());
    let of = |roles: &[Role]| UpdateUser {
        roles: Some(roles.to_vec()),
        disabled: None,
    };
    stands(&world, &bob_id, of(&Role::ALL)).await;
    let slow = slow(&world).await;
    let mut bob = slow.browser();
    let changing = async {
        let change = of(&[Role::User]);
        stands(&world, &bob_id, change).await;
    };
    let entered = meanwhile(&slow, bob.signs_in("bob", PASSWORD), changing).await;
    assert_eq!(entered.is(200).json()["user"]["roles"], json!(["user"]));
    let refused = bob.gets("/api/admin/users").await;
    refused.refused_as(403, "insufficient_scope");
}

/// I-12.
#[tokio::test]
async fn who_is_disabled_while_signing_in_stays_out() {
    let world = World::new().await;
    let mut alice = world.browser();
    let alice_id = sub(&alice.registers("alice").await.is(201).json());
    let slow = slow(&world).await;
    let mut alice = slow.browser();
    let changing = async {
        let change = UpdateUser {
            roles: None,
            disabled: Some(true),
        };
        stands(&world, &alice_id, change).await;
    };
    let refused = meanwhile(&slow, alice.signs_in("alice", PASSWORD), changing).await;
    refused.refused_as(401, "invalid_credentials");
}

/// I-04.
#[tokio::test]
async fn a_session_that_was_ended_does_not_change_the_password() {
    let world = World::new().await;
    let thief = world.person("alice").await;
    let mut alice = world.browser();
    alice.signs_in("alice", PASSWORD).await.is(200);
    let slow = slow(&world).await;
    let mut thief = thief.moved_to(&slow);
    let change = json!({"current_password": PASSWORD, "new_password": "seven quiet harbour lamps"});
    let changing = async {
        alice.signs_out("others").await.is(204);
    };
    let refused = meanwhile(&slow, thief.posts("/api/me/password", &change), changing).await;
    refused.refused_as(401, "session_revoked");
    alice.refreshes(None).await.is(200);
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}
