//! All keys: which one signs, which verify, which are published.

use super::key::{Algorithm, Key, PublicKey};
use super::validity::MAX_TOKEN_LIFETIME;
use protocol::Millis;
use std::fmt::Write;

/// The keys at one moment; those of files in the order in which they start to sign.
pub struct KeySet {
    files: Vec<Key>,
    secret: Option<Key>,
}

impl KeySet {
    /// The keys of the files, and the secret, if that signs.
    pub fn of(files: impl Iterator<Item = Key>, secret: Option<Key>) -> Self {
        let signing = secret.as_ref().map(|key| key.id.as_str());
        // A secret that signs again is not a retired one.
        let mut files: Vec<_> = files
            .filter(|key| Some(key.id.as_str()) != signing)
            .collect();
        files.sort_by(|a, b| (a.validity.signs_from, &a.id).cmp(&(b.validity.signs_from, &b.id)));
        cap_by_successor(&mut files);
        Self { files, secret }
    }

    /// The key with exactly this id, while it verifies.
    pub fn find(&self, id: &str, now: Millis) -> Option<&Key> {
        let mut keys = self.secret.iter().chain(&self.files);
        keys.find(|key| key.id == id && key.validity.verifies(now))
    }

    /// The key that signs at this time: the newest that may sign, or, if none may yet, the next
    /// one.
    pub fn signing(&self, now: Millis) -> Option<&Key> {
        if self.secret.is_some() {
            return self.secret.as_ref();
        }
        let pairs = self.files.iter().filter(|key| is_pair(key));
        let mut able = pairs
            .filter(|key| key.validity.outlives_a_token(now))
            .peekable();
        let next = able.peek().copied();
        let begun = able.take_while(|key| key.validity.signs_from <= now);
        begun.last().or(next)
    }

    /// The public halves of all keys that verify now or later, which other services need.
    pub fn public(&self, now: Millis) -> Vec<PublicKey> {
        let live = self.files.iter().filter(|key| key.validity.verifies(now));
        let public = live.filter_map(|key| {
            key.public.map(|bytes| PublicKey {
                id: key.id.clone(),
                bytes,
            })
        });
        public.collect()
    }

    /// Whether there is a key pair without a planned end.
    pub(crate) fn has_open_end(&self) -> bool {
        let mut pairs = self.files.iter().filter(|key| is_pair(key));
        pairs.any(|key| key.validity.verifies_until.is_none())
    }

    /// The key of a file, at any time.
    pub(crate) fn file(&self, id: &str) -> Option<&Key> {
        self.files.iter().find(|key| key.id == id)
    }

    /// All keys.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Key> {
        self.secret.iter().chain(&self.files)
    }

    /// Ids and times, for comparison and for the log; no secrets.
    pub(crate) fn summary(&self) -> String {
        let mut outline = String::new();
        for key in &self.files {
            let until = key.validity.verifies_until.map(Millis::as_secs);
            let from = key.validity.signs_from.as_secs();
            let _ = write!(outline, "{} {from} {until:?}; ", key.id);
        }
        outline
    }
}

fn is_pair(key: &Key) -> bool {
    key.algorithm == Algorithm::EdDsa
}

/// Ends a key pair when the last token has expired that it signed before its successor took over.
/// This also covers a rotation that was interrupted before it wrote the end.
fn cap_by_successor(files: &mut [Key]) {
    let mut successor = None;
    for key in files.iter_mut().rev().filter(|key| is_pair(key)) {
        let begins = key.validity.signs_from;
        if let Some(takes_over) = successor {
            key.validity = key.validity.ending_by(takes_over + MAX_TOKEN_LIFETIME);
        }
        successor = Some(begins);
    }
}
