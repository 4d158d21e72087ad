//! The keys of access tokens: one signs, all verify, each only with its own algorithm.
//!
//! `JWT_KEYS` is authoritative. The key set in memory is reloaded every second, so a key that is
//! added or removed takes effect without a restart, on every node that sees the directory.

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

/// The key set and its source.
pub struct Keys {
    source: KeySource,
    key_set: RwLock<Arc<KeySet>>,
    generation: AtomicU64,
    last_error: Mutex<Option<String>>,
}

impl Keys {
    /// Loads the keys; fails if one of them cannot be used or if none may sign.
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

    /// Creates the key directory, so that a first key can be added while the server runs. Only for
    /// a server that starts: a command that fails leaves no directory behind.
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

    /// The current key set.
    pub fn key_set(&self) -> Arc<KeySet> {
        Arc::clone(&self.key_set.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The generation of the key set, which increases with each change. A cache of verified tokens
    /// reads the generation before the key set, and drops its entries when the generation changes.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Reloads the keys. A key whose file was deleted is removed; a key whose file cannot be used
    /// any more stays as it was; a directory that cannot be read changes nothing.
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
            // After the key set: no token that the old set verified may be cached under the new
            // generation.
            self.generation.fetch_add(1, Ordering::Release);
        }
    }

    /// Logs an error once, not every second.
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

/// The key directory, if it does not exist and does not have to, because a secret signs.
fn missing_folder(source: &KeySource) -> Option<&Path> {
    let path = source.key_dir.as_deref()?;
    let has_secret = matches!(source.signing, Signing::Secret(_));
    (has_secret && key_dir::is_to_be_made(path)).then_some(path)
}

/// The key files on disk; fails unless every file is valid.
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

/// The key of `JWT_SECRET`, if that signs.
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
