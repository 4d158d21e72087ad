//! The keys of access tokens: one signs, all verify, each only by its own algorithm.
//!
//! `JWT_KEYS` is the truth. The ring in memory follows it every second, so a key that is put there
//! or taken away counts without a restart, on every node that sees the folder.

mod jwk;
mod key;
mod key_dir;
mod key_set;
pub mod rotation;
mod validity;

pub use key::{Algorithm, Key, PublicKey};
pub use key_set::KeySet;
pub use validity::Validity;

use crate::config::{ConfigError, KeySource, Signing};
use jwk::{KeyFile, KeyMaterial};
use key_dir::Entry;
use protocol::Millis;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The ring, and where it comes from.
pub struct Keys {
    source: KeySource,
    key_set: RwLock<Arc<KeySet>>,
    generation: AtomicU64,
    last_error: Mutex<Option<String>>,
}

impl Keys {
    /// Reads the keys; refuses them all where one of them cannot be used, or none may sign.
    pub fn open(source: KeySource, now: Millis) -> Result<Self, ConfigError> {
        let stored = match missing_folder(&source) {
            Some(_) => Vec::new(),
            None => stored(&source)?,
        };
        let ring = KeySet::of(stored.iter().map(Key::of), secret(&source));
        if ring.signing(now).is_none() {
            let problem = "has no key that may sign";
            return Err(ConfigError::new("JWT_KEYS", problem, "run: api key rotate"));
        }
        Ok(Self {
            source,
            key_set: RwLock::new(Arc::new(ring)),
            generation: AtomicU64::new(0),
            last_error: Mutex::default(),
        })
    }

    /// Makes the folder that is to hold keys one day, so that a first one can be put there while
    /// the server runs. Only for a server that starts: who refuses to leaves nothing behind.
    pub fn make_folder(source: &KeySource) -> Result<(), ConfigError> {
        let Some(path) = missing_folder(source) else {
            return Ok(());
        };
        key_dir::prepare(path).map_err(|error| {
            let problem = format!("cannot be made ({error})");
            let remedy = "make the folder, for this user alone";
            ConfigError::new("JWT_KEYS", problem, remedy)
        })
    }

    /// The ring as it is now.
    pub fn key_set(&self) -> Arc<KeySet> {
        Arc::clone(&self.key_set.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The number of the ring: another after each change. Who remembers what a ring verified asks
    /// for this first and for the ring after, and forgets it when this changes.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Reads the keys again. A key whose file is gone is gone; one whose file cannot be used any
    /// more stays as it was known; a folder that cannot be read changes nothing.
    pub fn reload(&self) {
        let Some(path) = &self.source.key_dir else {
            return;
        };
        let known = self.key_set();
        let mut last_error = None;
        let entries = match key_dir::entries(path) {
            Ok(entries) => entries,
            Err(problem) => return self.log_change(Some(problem)),
        };
        let mut keys = Vec::new();
        for Entry { id, read } in entries {
            match read {
                Ok(stored) => keys.push(Key::of(&stored)),
                Err(problem) => {
                    keys.extend(known.file(&id).cloned());
                    last_error = Some(problem);
                }
            }
        }
        self.log_change(last_error);
        let ring = KeySet::of(keys.into_iter(), secret(&self.source));
        if ring.summary() != known.summary() {
            tracing::info!(keys = ring.summary(), "the key ring changed");
            *self.key_set.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
            // After the ring: nobody may take what the old one verified for the new one's.
            self.generation.fetch_add(1, Ordering::Release);
        }
    }

    /// Says what is wrong once, not every second.
    fn log_change(&self, error: Option<String>) {
        let mut logged = self
            .last_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if *logged == error {
            return;
        }
        if let Some(problem) = &error {
            tracing::error!(problem, "JWT_KEYS");
        } else {
            tracing::info!("JWT_KEYS can be read again");
        }
        *logged = error;
    }
}

/// The folder, where it is not there yet and need not be: a secret signs.
fn missing_folder(source: &KeySource) -> Option<&Path> {
    let path = source.key_dir.as_deref()?;
    let has_secret = matches!(source.signing, Signing::Secret(_));
    (has_secret && key_dir::is_to_be_made(path)).then_some(path)
}

/// What the ring holds on disk; every file must be good.
fn stored(source: &KeySource) -> Result<Vec<KeyFile>, ConfigError> {
    let Some(path) = &source.key_dir else {
        return Ok(Vec::new());
    };
    let refuse = |problem: String| {
        let remedy = "mend it, or see docs/keys.md";
        ConfigError::new("JWT_KEYS", problem, remedy)
    };
    let entries = key_dir::entries(path).map_err(refuse)?;
    let read = entries.into_iter().map(|entry| entry.read);
    read.collect::<Result<_, _>>().map_err(refuse)
}

/// The key of `JWT_SECRET`, where that signs.
fn secret(source: &KeySource) -> Option<Key> {
    match &source.signing {
        Signing::KeySet => None,
        Signing::Secret(secret) => Some(Key::of(&KeyFile {
            material: KeyMaterial::Secret(secret.clone()),
            validity: Validity::default(),
        })),
    }
}

#[cfg(test)]
mod tests;
