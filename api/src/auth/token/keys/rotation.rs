//! Key operations for the operator: list, rotate as planned, remove in an emergency.

use super::jwk::{Ed25519Pair, KeyFile, KeyMaterial};
use super::key::{Algorithm, Key};
use super::key_dir;
use super::key_set::KeySet;
use super::validity::{MAX_TOKEN_LIFETIME, Validity};
use crate::config::{ConfigError, KeySource, Signing};
use protocol::Millis;
use std::io;
use std::path::Path;
use thiserror::Error;

/// Why an operation failed.
#[derive(Debug, Error)]
pub enum RotationError {
    /// The existing keys cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// No key file has this id.
    #[error("JWT_KEYS has no key with that id; `api key list` shows the keys")]
    Unknown,
    /// The id is that of the secret that signs.
    #[error("that key is JWT_SECRET; change JWT_SECRET and restart every node")]
    Secret,
    /// The key directory cannot be read or written.
    #[error("JWT_KEYS cannot be written ({0}); it must be a folder of this user's own")]
    Folder(#[from] io::Error),
}

/// The result of a planned rotation.
#[derive(Debug, PartialEq, Eq)]
pub enum Rotated {
    /// A new key is published and signs from `from` on.
    Pair {
        /// Its id.
        id: String,
        /// When it starts to sign; `None` if at once.
        from: Option<Millis>,
    },
    /// The current secret was saved as a key file and verifies until `until`.
    Secret {
        /// Its id.
        id: String,
        /// When its last token expires, if it signs nothing after the overlap.
        until: Millis,
    },
}

/// A key for the operator's list.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyInfo {
    /// The `kid` of its tokens.
    pub id: String,
    /// Its algorithm.
    pub algorithm: Algorithm,
    /// Its status.
    pub status: KeyStatus,
}

/// The status of a key at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyStatus {
    /// It is published and signs from this time on.
    Pending(Millis),
    /// It signs and verifies.
    Active,
    /// It only verifies, until this time if known.
    VerifyOnly(Option<Millis>),
    /// It is not used any more; the next rotation deletes it.
    Expired,
}

/// All keys.
pub fn list(source: &KeySource, now: Millis) -> Result<Vec<KeyInfo>, ConfigError> {
    let stored = super::stored(source)?;
    let ring = KeySet::of(stored.iter().map(Key::of), super::secret(source));
    let signing = ring.signing(now).map(|key| key.id.clone());
    let listed = ring.all().map(|key| KeyInfo {
        status: status_of(key, signing.as_deref(), now),
        id: key.id.clone(),
        algorithm: key.algorithm,
    });
    Ok(listed.collect())
}

fn status_of(key: &Key, signing: Option<&str>, now: Millis) -> KeyStatus {
    if signing == Some(key.id.as_str()) {
        KeyStatus::Active
    } else if !key.validity.verifies(now) {
        KeyStatus::Expired
    } else if key.validity.signs_from > now {
        KeyStatus::Pending(key.validity.signs_from)
    } else {
        KeyStatus::VerifyOnly(key.validity.verifies_until)
    }
}

/// Plans the next key. It is published now and starts to sign after the overlap, when all verifiers
/// have had time to load it; the previous key verifies until its last token has expired.
pub fn rotate(source: &KeySource, overlap: Millis, now: Millis) -> Result<Rotated, RotationError> {
    let folder = folder_of(source)?;
    key_dir::prepare(folder)?;
    normalize(folder, source, now)?;
    if let Signing::Secret(secret) = &source.signing {
        let until = now + overlap + MAX_TOKEN_LIFETIME;
        let retired = KeyFile {
            material: KeyMaterial::Secret(secret.clone()),
            validity: Validity::default().ending_by(until),
        };
        key_dir::write(folder, &retired)?;
        let id = retired.id();
        return Ok(Rotated::Secret { id, until });
    }
    let ring = key_set(source)?;
    let from = ring.signing(now).map(|_| now + overlap);
    // Without a previous key there is no reason to wait, even if the clocks of the nodes differ.
    let id = add(folder, from.unwrap_or_default())?;
    normalize(folder, source, now)?;
    Ok(Rotated::Pair { id, from })
}

/// Removes a key at once: none of its tokens verifies from then on. If it signed and has no
/// successor, a new key is created first; returns the new key's id.
pub fn remove(source: &KeySource, id: &str, now: Millis) -> Result<Option<String>, RotationError> {
    let folder = folder_of(source)?;
    if super::secret(source).is_some_and(|key| key.id == id) {
        return Err(RotationError::Secret);
    }
    if !super::stored(source)?.iter().any(|key| key.id() == id) {
        return Err(RotationError::Unknown);
    }
    normalize(folder, source, now)?;
    let successor = successor_start(source, id, now)?;
    let successor = successor.map(|from| add(folder, from)).transpose()?;
    match key_dir::delete(folder, id) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(successor),
        done => Ok(done.map(|()| successor)?),
    }
}

/// When a new key must start to sign if this key is removed: at once if no other key signs, at the
/// start of the removed key if that was to follow one that ends, never if other keys continue to
/// sign.
fn successor_start(
    source: &KeySource,
    id: &str,
    now: Millis,
) -> Result<Option<Millis>, ConfigError> {
    let stored = super::stored(source)?;
    let leaves = stored.iter().find(|key| key.id() == id);
    let begins = leaves.map_or(now, |key| key.validity.signs_from.max(now));
    let others = stored.iter().filter(|key| key.id() != id);
    let ring = KeySet::of(others.map(Key::of), super::secret(source));
    let signs = ring
        .signing(now)
        .is_some_and(|key| key.validity.signs_from <= now);
    let goes_on = matches!(source.signing, Signing::Secret(_)) || ring.has_open_end();
    Ok(match (signs, goes_on) {
        (true, true) => None,
        (true, false) => Some(begins),
        (false, _) => Some(now),
    })
}

fn folder_of(source: &KeySource) -> Result<&Path, ConfigError> {
    let missing = || {
        let remedy = "set it to a folder of this user's own, like data/keys";
        ConfigError::new("JWT_KEYS", "is missing", remedy)
    };
    let path = source.key_dir.as_deref().ok_or_else(missing)?;
    if path.is_file() {
        let remedy = "replace the file yourself, or use a folder";
        return Err(ConfigError::new("JWT_KEYS", "is one file", remedy));
    }
    Ok(path)
}

fn key_set(source: &KeySource) -> Result<KeySet, ConfigError> {
    let stored = super::stored(source)?;
    Ok(KeySet::of(
        stored.iter().map(Key::of),
        super::secret(source),
    ))
}

fn add(folder: &Path, signs_from: Millis) -> io::Result<String> {
    let key = KeyFile {
        material: KeyMaterial::Pair(Ed25519Pair::generate()),
        validity: Validity {
            signs_from,
            verifies_until: None,
        },
    };
    key_dir::write(folder, &key)?;
    Ok(key.id())
}

/// Deletes expired keys and writes the ends that follow from successors, so that they still hold
/// when a successor is removed.
fn normalize(folder: &Path, source: &KeySource, now: Millis) -> Result<(), RotationError> {
    let ring = key_set(source)?;
    for mut stored in super::stored(source)? {
        let id = stored.id();
        let Some(key) = ring.file(&id) else {
            continue;
        };
        if !key.validity.verifies(now) {
            key_dir::delete(folder, &id)?;
        } else if key.validity != stored.validity {
            stored.validity = key.validity;
            key_dir::write(folder, &stored)?;
        }
    }
    Ok(())
}
