//! Keyboards compose characters differently; that is one password all the same.

use crate::world::World;
use api::auth::account::import::{insert, read};
use serde_json::json;

const COMPOSED: &str = "caf\u{e9} zebra batterie prune";
const DECOMPOSED: &str = "cafe\u{301} zebra batterie prune";

/// What Python's `hashlib` makes of the bytes of [`DECOMPOSED`].
const OF_DECOMPOSED: &str =
    "pbkdf2_sha256$1000$Zkz1lx9wQ3nE$AhG3WeIU7cSrWe0/rvszCIA0+abE8Pof08z6Mwa6VDU=";

#[tokio::test]
async fn a_password_signs_in_however_its_characters_are_composed() {
    let world = World::new().await;
    for (name, chosen) in [("alice", DECOMPOSED), ("bob", COMPOSED)] {
        let form = json!({"username": name, "password": chosen});
        let mut browser = world.browser();
        browser.posts("/api/auth/register", &form).await.is(201);
        for typed in [COMPOSED, DECOMPOSED] {
            world.browser().signs_in(name, typed).await.is(200);
        }
        let other = "cafe zebra batterie prune";
        world.browser().signs_in(name, other).await.is(401);
    }
}

#[tokio::test]
async fn an_old_hash_of_the_bytes_as_received_signs_in_and_is_made_anew() {
    let world = World::new().await;
    let line = json!({"username": "alice", "password_hash": OF_DECOMPOSED}).to_string();
    let now = world.app.clock.now();
    let people = read(line.as_bytes(), &world.app.hasher, now).unwrap();
    insert(&world.app.db, people, now).await.unwrap().unwrap();
    world.browser().signs_in("alice", COMPOSED).await.is(401);
    for typed in [DECOMPOSED, COMPOSED, DECOMPOSED] {
        world.browser().signs_in("alice", typed).await.is(200);
    }
}

#[tokio::test]
async fn another_spelling_is_no_new_password_and_is_not_longer() {
    let world = World::new().await;
    let mut alice = world.browser();
    let form = json!({"username": "alice", "password": COMPOSED});
    alice.posts("/api/auth/register", &form).await.is(201);
    let mut changes = async |new: &str| {
        let change = json!({"current_password": COMPOSED, "new_password": new});
        alice.posts("/api/me/password", &change).await
    };
    changes(DECOMPOSED)
        .await
        .refuses("new_password", "unchanged");
    // Twelve code points are typed and six are hashed.
    let short = "e\u{301}a\u{300}o\u{302}u\u{308}n\u{303}c\u{327}";
    changes(short).await.refuses("new_password", "too_short");
}
