//! argon2id, on memory that is used again and again.
//!
//! A hash wants 19 MiB. Fresh memory costs a third of the hash, because the system clears it page
//! by page; so it is kept between hashes, one piece for each that may run at once. When nobody has
//! signed in for a while it goes back to the system.

use super::HashCost;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{self, generate_salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of a hash.
const OUTPUT: usize = 32;
/// Larger pieces than this come from the system each for itself, and return to it when they are
/// dropped; glibc may keep what is smaller for ever. What is reserved and never touched takes no
/// memory.
const FROM_THE_SYSTEM: usize = 33 * 1024 * 1024;

/// Makes and compares PHC strings.
pub(super) struct Argon {
    params: Params,
    memory: Mutex<Memory>,
}

/// The pieces that wait for the next hash.
#[derive(Default)]
struct Memory {
    free: Vec<Vec<Block>>,
    /// Whether one was asked for since this was last looked at.
    was_used: bool,
}

impl Argon {
    /// Of that cost.
    ///
    /// # Panics
    /// Never for a cost that the configuration let through.
    pub(super) fn new(cost: HashCost) -> Self {
        let params = Params::new(cost.memory_kib, cost.iterations, 1, Some(OUTPUT));
        Self {
            params: params.expect("BUG: the configuration admitted a cost that argon2 refuses"),
            memory: Mutex::default(),
        }
    }

    /// The PHC string of a password, with a salt of its own.
    ///
    /// # Panics
    /// Never: argon2 hashes any password within our bounds.
    pub(super) fn hash(&self, password: &str) -> String {
        let hash = self.try_hash(password.as_bytes());
        hash.expect("BUG: argon2 hashes any password within our bounds")
            .to_string()
    }

    /// Whether the password is the one of that PHC string, by the cost that stands in it.
    pub(super) fn matches(&self, password: &str, phc: &str) -> bool {
        PasswordHash::new(phc)
            .is_ok_and(|hash| self.try_match(password, &hash).is_ok_and(|matches| matches))
    }

    /// Gives memory back to the system that no hash wanted since this was last called.
    pub(super) fn rest(&self) {
        let mut memory = self.memory();
        if !std::mem::take(&mut memory.was_used) {
            memory.free = Vec::new();
        }
    }

    fn try_hash(&self, password: &[u8]) -> password_hash::Result<PasswordHash> {
        let salt = Salt::new(&generate_salt())?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone());
        let hash = self.fill(&argon2, password, &salt, OUTPUT)?;
        Ok(PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&self.params)?,
            salt: Some(salt),
            hash: Some(hash),
        })
    }

    fn try_match(&self, password: &str, hash: &PasswordHash) -> password_hash::Result<bool> {
        let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
            return Ok(false);
        };
        let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
        let version = hash.version.map(Version::try_from).transpose()?;
        let params = Params::try_from(hash)?;
        let argon2 = Argon2::new(algorithm, version.unwrap_or_default(), params);
        let made = self.fill(&argon2, password.as_bytes(), salt, expected.len())?;
        // In constant time: so outputs are compared.
        Ok(made == *expected)
    }

    fn fill(
        &self,
        argon2: &Argon2<'_>,
        password: &[u8],
        salt: &[u8],
        length: usize,
    ) -> password_hash::Result<Output> {
        let blocks = argon2.params().block_count();
        let mut memory = self.take(blocks);
        let mut output = [0; Output::MAX_LENGTH];
        let output = output
            .get_mut(..length)
            .ok_or(password_hash::Error::OutputSize)?;
        argon2.hash_password_into_with_memory(password, salt, output, &mut memory[..blocks])?;
        self.put_back(memory);
        Ok(Output::new(output)?)
    }

    fn take(&self, blocks: usize) -> Vec<Block> {
        let kept = {
            let mut memory = self.memory();
            memory.was_used = true;
            memory.free.pop()
        };
        let mut piece = kept.unwrap_or_default();
        if piece.len() < blocks {
            let blocks = blocks.max(self.params.block_count());
            // First away with what is too small.
            piece = Vec::new();
            piece.reserve_exact(blocks.max(FROM_THE_SYSTEM / Block::SIZE));
            piece.resize(blocks, Block::new());
        }
        piece
    }

    /// Keeps it for the next, unless an older hash wanted more than ours do.
    fn put_back(&self, piece: Vec<Block>) {
        if piece.len() <= self.params.block_count() {
            self.memory().free.push(piece);
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
