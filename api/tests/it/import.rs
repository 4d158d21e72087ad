//! People who come from elsewhere, with the hashes that they have.

mod terminal;

use crate::world::{PASSWORD, World};
use api::auth::account::import::{insert, read};
use api::auth::password::hash::Hasher;
use api::config::HashCost;
use futures::future::join_all;
use serde_json::json;
use shared::password::Password;

const ANOTHER: &str = "seven quiet harbour lamps";

/// What Python's `crypt` and `hashlib` make of [`PASSWORD`].
pub const MADE_ELSEWHERE: [&str; 5] = [
    "$2b$04$abcdefghijklmnopqrstuuByCM4zpOVA5XacA.cI64Mg.qmtx0K6K",
    "$scrypt$ln=4,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$acmltVLxS5vHPfRkckRPyT4yf4UOYATOh5ecHP0by44",
    "$pbkdf2-sha256$i=1000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$rVBK7LfpL0kpX3pW/wSnCAhDGG5joT9yEIxZSs/nypg",
    "$pbkdf2-sha512$i=1000,l=64$MDEyMzQ1Njc4OWFiY2RlZg$YAS7CAkCknF1bLQzwigoVpdLd5zWnMVAmAlZlaqi0qiCkKE5ONRy7VMXitkv4897nvA0FvmmPSWNxTxOgLtVlw",
    "pbkdf2_sha256$1000$Zkz1lx9wQ3nE$IEmpl1i4s9yygOPqKlv4W9Uc5QmeD9JNELfSqNoty4Y=",
];

async fn brings(world: &World, name: &str, hash: &str) {
    let line = json!({"username": name, "password_hash": hash}).to_string();
    let now = world.app.clock.now();
    let people = read(line.as_bytes(), &world.app.hasher, now).unwrap();
    let count = insert(&world.app.db, people, now).await.unwrap();
    assert_eq!(count.unwrap(), 1);
}

/// The hash that is stored for them.
async fn hash_of(world: &World, name: &str) -> String {
    let find = api::db::user::by_username(&world.app.db, name);
    find.await.unwrap().expect("they are there").password_hash
}

fn is_ours(hash: &str) -> bool {
    hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$")
}

#[tokio::test]
async fn a_sign_in_renews_a_hash_from_elsewhere_and_ends_no_session() {
    let world = World::new().await;
    for (number, hash) in MADE_ELSEWHERE.into_iter().enumerate() {
        let name = format!("alice-{number}");
        brings(&world, &name, hash).await;
        let mut alice = world.browser();
        alice.signs_in(&name, ANOTHER).await.is(401);
        assert_eq!(hash_of(&world, &name).await, hash, "nobody proved anything");
        alice.signs_in(&name, PASSWORD).await.is(200);
        let renewed = hash_of(&world, &name).await;
        assert!(is_ours(&renewed), "{renewed}");

        let mut phone = world.browser();
        phone.signs_in(&name, ANOTHER).await.is(401);
        phone.signs_in(&name, PASSWORD).await.is(200);
        assert_eq!(hash_of(&world, &name).await, renewed, "once is enough");
        alice.refreshes(None).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_who_sign_in_while_the_hash_is_renewed_are_signed_in() {
    let world = World::new().await;
    brings(&world, "alice", MADE_ELSEWHERE[0]).await;
    let tries = (0..8).map(|_| {
        let mut browser = world.browser();
        async move { browser.signs_in("alice", PASSWORD).await.status }
    });
    assert_eq!(join_all(tries).await, [200; 8]);
    assert!(is_ours(&hash_of(&world, "alice").await));
}

#[tokio::test]
async fn a_hash_of_another_cost_is_made_anew() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let before = hash_of(&world, "alice").await;
    let dearer = HashCost {
        memory_kib: 128,
        ..world.app.config.hash
    };
    let changed = world.beside(|config| config.hash = dearer).await;
    let mut phone = changed.browser();
    phone.signs_in("alice", ANOTHER).await.is(401);
    assert_eq!(hash_of(&world, "alice").await, before);
    phone.signs_in("alice", PASSWORD).await.is(200);
    let after = hash_of(&world, "alice").await;
    assert!(after.starts_with("$argon2id$v=19$m=128,"), "{after}");
    alice.refreshes(None).await.is(200);
}

/// bcrypt compared its beginning alone: the rest may be a slip that would then be the password.
#[tokio::test]
async fn a_password_longer_than_bcrypt_looks_keeps_its_hash() {
    let world = World::new().await;
    let hash = "$2b$05$abcdefghijklmnopqrstuum5b7001msdSbBfQPUa.5.JBZ3wxD.GK";
    brings(&world, "alice", hash).await;
    let mut alice = world.browser();
    for _ in 0..2 {
        alice.signs_in("alice", &"ü".repeat(40)).await.is(200);
        assert_eq!(hash_of(&world, "alice").await, hash);
    }
    alice.signs_in("alice", &"ü".repeat(36)).await.is(200);
    assert!(is_ours(&hash_of(&world, "alice").await));
}

#[tokio::test]
async fn a_hash_that_cannot_be_renewed_signs_in_all_the_same() {
    let world = World::new().await;
    brings(&world, "alice", MADE_ELSEWHERE[0]).await;
    // The row refuses every change of its hash, on both databases.
    let trigger = if world.app.config.database.is_sqlite() {
        "CREATE TRIGGER stays BEFORE UPDATE OF password_hash ON users \
         BEGIN SELECT RAISE(ABORT, 'it stays'); END"
    } else {
        "CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'it stays'; END $$; \
         CREATE TRIGGER stays BEFORE UPDATE OF password_hash ON users \
         FOR EACH ROW EXECUTE FUNCTION stays()"
    };
    world.sql(trigger).await;
    let mut alice = world.browser();
    alice.signs_in("alice", PASSWORD).await.is(200);
    assert_eq!(hash_of(&world, "alice").await, MADE_ELSEWHERE[0]);
    alice.refreshes(None).await.is(200);
}

#[tokio::test]
async fn a_hash_that_costs_too_much_is_never_verified() {
    let world = World::new().await;
    world.person("alice").await;
    let dear = MADE_ELSEWHERE[2].replace("i=1000", "i=4294967295");
    world
        .sql(&format!("UPDATE users SET password_hash = '{dear}'"))
        .await;
    let refused = world.browser().signs_in("alice", PASSWORD).await;
    refused.refused_as(401, "invalid_credentials");
}

#[tokio::test]
async fn who_comes_from_elsewhere_changes_the_password() {
    let world = World::new().await;
    brings(&world, "alice", MADE_ELSEWHERE[1]).await;
    let mut alice = world.browser();
    alice.signs_in("alice", PASSWORD).await.is(200);
    let change = json!({"current_password": PASSWORD, "new_password": ANOTHER});
    alice.posts("/api/me/password", &change).await.is(200);
    world.browser().signs_in("alice", PASSWORD).await.is(401);
    world.browser().signs_in("alice", ANOTHER).await.is(200);
}

/// I-25.
#[tokio::test]
async fn hashes_from_elsewhere_wait_in_the_same_queue() {
    let hasher = Hasher::new(HashCost {
        memory_kib: 64,
        iterations: 1,
        parallelism: 1,
        queue: 1,
    });
    let verify = async || {
        let place = hasher.try_acquire()?;
        let hash = Some(MADE_ELSEWHERE[0].to_owned());
        hasher.verify(place, Password::new(PASSWORD), hash).await
    };
    let answers = join_all([verify(), verify(), verify()]).await;
    let right = answers
        .iter()
        .filter(|answer| matches!(answer, Ok(Some(_))));
    assert_eq!(right.count(), 2, "one runs, one waits");
}
