//! Keys come and go while people are signed in.

mod program;

use crate::browser::Browser;
use crate::mint::{Mint, part, ring, signing};
use crate::world::{REFRESH_SECRET, World};
use api::auth::token::keys::rotation::{Rotated, remove, rotate};
use api::config::{Secret, Signing};
use protocol::Millis;
use serde_json::{Value, json};

const HOUR: u64 = 3_600;

/// What the server does every second.
fn looks(world: &World) {
    world.app.access.keys().reload();
}

/// A planned rotation with an hour's overlap.
fn plans(world: &World) -> String {
    let overlap = Millis::from_secs(HOUR);
    let rotated = rotate(&world.app.config.keys, overlap, world.app.clock.now());
    looks(world);
    match rotated.unwrap() {
        Rotated::Pair { id, .. } | Rotated::Secret { id, .. } => id,
    }
}

async fn published(world: &World) -> Vec<String> {
    let answer = world.browser().gets("/.well-known/jwks.json").await.is(200);
    assert_eq!(
        answer.header("content-type"),
        Some("application/jwk-set+json")
    );
    assert_eq!(answer.header("cache-control"), Some("public, max-age=300"));
    let set = answer.json();
    let keys = set["keys"].as_array().unwrap();
    for key in keys {
        let mut members: Vec<_> = key.as_object().unwrap().keys().collect();
        members.sort();
        assert_eq!(
            members,
            ["alg", "crv", "kid", "kty", "use", "x"],
            "nothing private"
        );
    }
    let kid = |key: &Value| key["kid"].as_str().unwrap().to_owned();
    keys.iter().map(kid).collect()
}

fn kid(browser: &Browser<'_>) -> String {
    let header = part(browser.token.as_deref().unwrap(), 0);
    header["kid"].as_str().unwrap().to_owned()
}

/// I-23.
#[tokio::test]
async fn after_a_planned_rotation_every_token_verifies_to_its_end() {
    let Mint {
        world,
        folder: _folder,
        ..
    } = Mint::eddsa().await;
    let mut alice = world.person("alice").await;
    let first = signing(&world);
    let second = plans(&world);
    assert_eq!(published(&world).await, [first.clone(), second.clone()]);
    alice.refreshes(None).await.is(200);
    assert_eq!(kid(&alice), first, "it is published before it signs");

    world.passes(HOUR - 1);
    alice.refreshes(None).await.is(200);
    assert_eq!(kid(&alice), first, "to the last second");
    let last = alice.clone();
    world.passes(1);
    looks(&world);
    alice.refreshes(None).await.is(200);
    assert_eq!(kid(&alice), second, "then it signs");
    for _ in 0..14 {
        world.passes(60);
        looks(&world);
        last.gets("/api/me").await.is(200);
    }
    // Another node, or this one after a restart, sees it alike.
    let restarted = world.restarted().await;
    last.moved_to(&restarted).gets("/api/me").await.is(200);
    alice.moved_to(&restarted).gets("/api/me").await.is(200);
    world.passes(58);
    last.gets("/api/me").await.is(200);
    world.passes(1);
    let refused = last.gets("/api/me").await;
    refused.refused_as(401, "token_expired");
    world.passes(120);
    assert_eq!(
        published(&world).await,
        [second],
        "and nobody needs the old one"
    );
}

/// I-23.
#[tokio::test]
async fn after_an_emergency_removal_no_token_verifies() {
    let Mint {
        world,
        folder: _folder,
        ..
    } = Mint::eddsa().await;
    let mut alice = world.person("alice").await;
    let other_node = world.restarted().await;
    let stolen = signing(&world);
    let made = remove(&world.app.config.keys, &stolen, world.app.clock.now()).unwrap();
    for node in [&world, &other_node] {
        looks(node);
        let refused = alice.moved_to(node).gets("/api/me").await;
        refused.refused_as(401, "invalid_token");
        assert_eq!(published(node).await, [made.clone().unwrap()]);
    }
    let restarted = world.restarted().await;
    let refused = alice.moved_to(&restarted).gets("/api/me").await;
    refused.refused_as(401, "invalid_token");
    // Her session was not signed by that key: one silent refresh, and she goes on.
    alice.refreshes(None).await.is(200);
    assert_eq!(Some(kid(&alice)), made);
    alice.gets("/api/me").await.is(200);
    alice.moved_to(&other_node).gets("/api/me").await.is(200);
}

/// A key that is removed before its turn never signs, and one that is over never comes back.
#[tokio::test]
async fn removing_the_newest_key_brings_no_old_one_back() {
    let Mint {
        world,
        folder: _folder,
        ..
    } = Mint::eddsa().await;
    let mut alice = world.person("alice").await;
    let old = alice.clone();
    let first = signing(&world);
    let second = plans(&world);
    world.passes(HOUR + 17 * 60);
    looks(&world);
    alice.refreshes(None).await.is(200);
    assert_eq!(kid(&alice), second);
    remove(&world.app.config.keys, &second, world.app.clock.now()).unwrap();
    looks(&world);
    let refused = alice.gets("/api/me").await;
    refused.refused_as(401, "invalid_token");
    alice.refreshes(None).await.is(200);
    assert!(kid(&alice) != first && kid(&alice) != second);
    let refused = old.gets("/api/me").await;
    refused.refused_as(401, "invalid_token");
}

#[tokio::test]
async fn a_retired_secret_verifies_until_its_tokens_end() {
    let Mint { world, folder, .. } = Mint::hs256().await;
    assert_eq!(
        published(&world).await,
        [""; 0],
        "a secret has no public half"
    );
    let mut alice = world.person("alice").await;
    let old = plans(&world);
    world.passes(HOUR);
    alice.refreshes(None).await.is(200);
    assert_eq!(kid(&alice), old, "until the restart it signs as before");

    let replaced = world
        .beside(|config| {
            let other = "00112233445566778899aabbccddeeff".to_owned();
            let other = Secret::parse("JWT_SECRET", Some(other)).unwrap();
            config.keys.signing = Signing::Secret(other);
        })
        .await;
    let mut bob = replaced.browser();
    bob.registers("bob").await.is(201);
    assert_ne!(kid(&bob), old);
    let before = alice.moved_to(&replaced);
    world.passes(899);
    before.gets("/api/me").await.is(200);
    world.passes(1);
    let refused = before.gets("/api/me").await;
    refused.refused_as(401, "token_expired");
    world.passes(60);
    let refused = before.gets("/api/me").await;
    refused.refused_as(401, "invalid_token");
    assert!(folder.path().join(format!("{old}.json")).exists());
    plans(&replaced);
    assert!(
        !folder.path().join(format!("{old}.json")).exists(),
        "it is deleted later"
    );
}

#[tokio::test]
async fn a_retired_secret_can_be_removed_in_an_emergency() {
    let Mint {
        world,
        folder: _folder,
        ..
    } = Mint::hs256().await;
    let alice = world.person("alice").await;
    let old = plans(&world);
    let replaced = world
        .beside(|config| {
            let other = Secret::parse("JWT_SECRET", Some(REFRESH_SECRET.replace("fe", "00")));
            config.keys.signing = Signing::Secret(other.unwrap());
        })
        .await;
    let before = alice.moved_to(&replaced);
    before.gets("/api/me").await.is(200);
    let now = replaced.app.clock.now();
    assert_eq!(remove(&replaced.app.config.keys, &old, now).unwrap(), None);
    looks(&replaced);
    let refused = before.gets("/api/me").await;
    refused.refused_as(401, "invalid_token");
}

#[tokio::test]
async fn changing_from_a_secret_to_key_pairs_signs_nobody_out() {
    let Mint { world, folder, .. } = Mint::hs256().await;
    let mut alice = world.person("alice").await;
    plans(&world);
    let source = ring(folder.path());
    rotate(&source, Millis(0), world.app.clock.now()).unwrap();
    let changed = world.beside(|config| config.keys = source).await;
    alice.moved_to(&changed).gets("/api/me").await.is(200);
    // The nodes that still have the old configuration know the new key, too.
    looks(&world);
    let mut bob = changed.browser();
    bob.registers("bob").await.is(201);
    assert_eq!(part(bob.token.as_deref().unwrap(), 0)["alg"], "EdDSA");
    bob.moved_to(&world).gets("/api/me").await.is(200);
    alice.refreshes(None).await.is(200);
    alice.moved_to(&changed).gets("/api/me").await.is(200);
}

#[tokio::test]
async fn without_any_key_sign_ins_wait_and_nobody_is_let_in() {
    let Mint {
        world, folder, kid, ..
    } = Mint::eddsa().await;
    let mut alice = world.person("alice").await;
    std::fs::remove_file(folder.path().join(format!("{kid}.json"))).unwrap();
    looks(&world);
    let refused = alice.gets("/api/me").await;
    refused.refused_as(401, "invalid_token");
    let refused = alice.refreshes(Some("one")).await;
    refused.refused_as(503, "unavailable");
    rotate(&world.app.config.keys, Millis(0), world.app.clock.now()).unwrap();
    looks(&world);
    alice.refreshes(Some("one")).await.is(200);
    alice.gets("/api/me").await.is(200);
}

#[tokio::test]
async fn the_set_says_what_a_verifier_needs() {
    let Mint {
        world,
        folder: _folder,
        hand,
        kid,
        ..
    } = Mint::eddsa().await;
    let set = world.browser().gets("/.well-known/jwks.json").await.json();
    let x = set["keys"][0]["x"].as_str().unwrap().to_owned();
    let expected = json!({"keys": [{
        "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": x,
    }]});
    assert_eq!(set, expected);
    // Another service takes it with the library of its choice.
    let alice = world.person("alice").await;
    let jwks: jsonwebtoken::jwk::JwkSet = serde_json::from_value(set).unwrap();
    let key = jsonwebtoken::DecodingKey::from_jwk(jwks.find(&kid).unwrap()).unwrap();
    assert_eq!(key.try_get_as_bytes().unwrap(), hand.public().unwrap());
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::EdDSA);
    validation.set_audience(&["countersign-api"]);
    validation.set_issuer(&["https://app.example.org"]);
    // The story's time is not the machine's.
    validation.validate_exp = false;
    let token = alice.token.unwrap();
    let read = jsonwebtoken::decode::<Value>(&token, &key, &validation).unwrap();
    assert_eq!(read.claims["sub"], part(&token, 1)["sub"]);
}
