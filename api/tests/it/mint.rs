//! Somebody who holds a key and signs with it whatever they like.

use crate::world::{JWT_SECRET, World};
use api::auth::token::keys::rotation::rotate;
use api::config::{KeySource, Signing};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::Millis;
use serde_json::{Value, json};
use sha2::Sha256;
use std::path::Path;
use tempfile::TempDir;

/// A key in somebody's hand.
pub enum Hand {
    Secret(Vec<u8>),
    Pair(Box<Ed25519KeyPair>),
}

impl Hand {
    /// A key pair that is none of ours.
    pub fn stranger() -> Self {
        Self::Pair(Box::new(Ed25519KeyPair::generate().unwrap()))
    }

    fn sign(&self, message: &str) -> Vec<u8> {
        match self {
            Self::Secret(bytes) => {
                let mut mac = Hmac::<Sha256>::new_from_slice(bytes).unwrap();
                mac.update(message.as_bytes());
                mac.finalize().into_bytes().to_vec()
            }
            Self::Pair(pair) => pair.sign(message.as_bytes()).as_ref().to_vec(),
        }
    }

    /// The public half of a pair.
    pub fn public(&self) -> Option<Vec<u8>> {
        match self {
            Self::Secret(_) => None,
            Self::Pair(pair) => Some(pair.public_key().as_ref().to_vec()),
        }
    }
}

/// A world whose key is in our hand.
pub struct Mint {
    pub world: World,
    pub hand: Hand,
    pub algorithm: &'static str,
    pub kid: String,
    pub folder: TempDir,
}

impl Mint {
    /// A world that signs with `JWT_SECRET`, and has an empty folder for keys.
    pub async fn hs256() -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().to_owned();
        let world = World::with(|config| config.keys.key_dir = Some(path)).await;
        let hand = Hand::Secret(JWT_SECRET.as_bytes().to_vec());
        Self::of(world, hand, "HS256", folder)
    }

    /// A world that signs with a key pair from a folder.
    pub async fn eddsa() -> Self {
        let folder = TempDir::new().unwrap();
        let source = ring(folder.path());
        rotate(&source, Millis(0), Millis(0)).unwrap();
        let world = World::with(|config| config.keys = source).await;
        let hand = Hand::Pair(Box::new(pair(&world, folder.path())));
        Self::of(world, hand, "EdDSA", folder)
    }

    fn of(world: World, hand: Hand, algorithm: &'static str, folder: TempDir) -> Self {
        let kid = signing(&world);
        Self {
            world,
            hand,
            algorithm,
            kid,
            folder,
        }
    }

    /// The header of our tokens.
    pub fn header(&self) -> Value {
        json!({"alg": self.algorithm, "typ": "at+jwt", "kid": self.kid})
    }

    /// Signs any two texts.
    pub fn token(&self, header: &str, claims: &str) -> String {
        sign(&self.hand, header, claims)
    }
}

/// Signs any two texts with any key.
pub fn sign(hand: &Hand, header: &str, claims: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let message = format!("{}.{}", part(header), part(claims));
    let tag = URL_SAFE_NO_PAD.encode(hand.sign(&message));
    format!("{message}.{tag}")
}

/// `EdDSA` with the keys of that folder.
pub fn ring(folder: &Path) -> KeySource {
    KeySource {
        signing: Signing::KeySet,
        key_dir: Some(folder.to_owned()),
    }
}

/// The `kid` of the key that signs now.
pub fn signing(world: &World) -> String {
    let ring = world.app.access.keys().key_set();
    ring.signing(world.app.clock.now()).unwrap().id.clone()
}

fn pair(world: &World, folder: &Path) -> Ed25519KeyPair {
    let file = folder.join(format!("{}.json", signing(world)));
    let jwk: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let part = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
    Ed25519KeyPair::from_seed_and_public_key(&part("d"), &part("x")).unwrap()
}

/// A part of a token, read.
pub fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}
