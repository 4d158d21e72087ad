//! Password hashes: argon2id on threads of its own, a bounded number at once. Hashes that people
//! brought from elsewhere are verified there too, until the next sign-in makes them ours.

mod argon;
mod stored;

pub use stored::HashError;

use crate::db::Outage;
use crate::trace::part;
use argon::Argon;
use shared::password::Password;
use std::sync::{Arc, OnceLock};
use stored::Stored;
use thiserror::Error;
use tokio::sync::Semaphore;

/// A hash gets a tenth of the time that others get who want the same core (`setpriority(2)`).
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// What a hash costs, and how many are made at once.
#[derive(Clone, Copy, Debug)]
pub struct HashCost {
    /// Memory of one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub iterations: u32,
    /// Hashes at once.
    pub parallelism: usize,
    /// Hashes that may wait for their turn.
    pub queue: usize,
}

/// Nothing can be hashed, or nothing can be looked up, right now.
#[derive(Debug, Error)]
pub enum Busy {
    /// More people sign in than can wait.
    #[error("the queue of password hashes is full")]
    Hashing,
    /// The database is away.
    #[error(transparent)]
    Database(#[from] Outage),
}

/// How much is to be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Hashes being made.
    pub running: usize,
    /// Hashes that wait for their turn.
    pub waiting: usize,
    /// As many may run at once.
    pub running_max: usize,
    /// As many may wait.
    pub waiting_max: usize,
}

/// Makes and compares hashes.
pub struct Hasher {
    cost: HashCost,
    argon: Arc<Argon>,
    /// Who may wait; taken first, and refused at once when there is none.
    places: Arc<Semaphore>,
    /// Who may run.
    turns: Arc<Semaphore>,
    fallback: Arc<OnceLock<String>>,
}

impl Hasher {
    /// A hasher of that cost.
    ///
    /// # Panics
    /// Never for a cost that the configuration let through.
    pub fn new(cost: HashCost) -> Self {
        Self {
            cost,
            argon: Arc::new(Argon::new(cost)),
            places: Arc::new(Semaphore::new(cost.parallelism + cost.queue)),
            turns: Arc::new(Semaphore::new(cost.parallelism)),
            fallback: Arc::default(),
        }
    }

    /// The PHC string of a password.
    pub async fn hash(&self, password: Password) -> Result<String, Busy> {
        let argon = Arc::clone(&self.argon);
        self.run(move || argon.hash(password.expose())).await
    }

    /// Whether the password is the one of that PHC string. Where there is none, because nobody has
    /// that name, the same work is done in vain, so that time does not tell.
    pub async fn verify(&self, password: Password, hash: Option<String>) -> Result<bool, Busy> {
        let argon = Arc::clone(&self.argon);
        let fallback = Arc::clone(&self.fallback);
        let cost = self.cost;
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| {
                fallback
                    .get_or_init(|| argon.hash("nobody's password"))
                    .clone()
            });
            // First the work, for unknown names too.
            let matches = matches(&argon, &cost, &password, &hash);
            known && matches
        })
        .await
    }

    /// Compares on this thread.
    #[cfg(any(test, feature = "fuzz"))]
    pub(super) fn compare(&self, password: &Password, hash: &str) -> bool {
        matches(&self.argon, &self.cost, password, hash)
    }

    /// Whether that string may be stored for somebody: it can be verified, at a bounded cost.
    pub fn admits(&self, hash: &str) -> Result<(), HashError> {
        Stored::read(hash, &self.cost).map(|_| ())
    }

    /// Whether the hash that this password was just verified by should be replaced by one of today.
    pub fn is_outdated(&self, password: &Password, hash: &str) -> bool {
        let stored = Stored::read(hash, &self.cost);
        !self.argon.made_like(hash)
            && stored.is_ok_and(|stored| stored.judges_all_of(password.expose()))
    }

    /// How much is being hashed right now, and how much waits.
    pub fn load(&self) -> Load {
        let HashCost {
            parallelism, queue, ..
        } = self.cost;
        // Asked one after the other: what changes between may be seen in neither or both.
        let running = parallelism.saturating_sub(self.turns.available_permits());
        let inside = (parallelism + queue).saturating_sub(self.places.available_permits());
        Load {
            running,
            waiting: inside.saturating_sub(running),
            running_max: parallelism,
            waiting_max: queue,
        }
    }

    /// Gives memory back to the system that no hash wanted since this was last called.
    pub fn rest(&self) {
        self.argon.rest();
    }

    /// Makes the fallback hash now, so that the first unknown name does not take twice as long.
    pub async fn warm_up(&self) -> Result<(), Busy> {
        self.verify(Password::new("x"), None).await.map(|_| ())
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| Busy::Hashing)?;
        let turn = part("hash: wait", Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.expect("BUG: the semaphore is never closed");
        let done = tokio::task::spawn_blocking(move || {
            // The permits go with the work: a client that hangs up does not free its turn early.
            let _held = (place, turn);
            give_way();
            work()
        });
        Ok(part("hash: make", done)
            .await
            .expect("BUG: hashing panicked"))
    }
}

/// Lets whatever else runs go first: a hash takes its milliseconds whenever they come, and a call is
/// answered in less than one. On Linux this is about the calling thread alone. Where it is not
/// allowed, all take turns.
fn give_way() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, NICE);
}

fn matches(argon: &Argon, cost: &HashCost, password: &Password, hash: &str) -> bool {
    let stored = Stored::read(hash, cost);
    stored.is_ok_and(|stored| stored.matches(argon, password.expose()))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::process::getpriority_process;

    #[tokio::test]
    async fn a_hash_lets_calls_go_first() {
        let hasher = Hasher::new(HashCost {
            memory_kib: 64,
            iterations: 1,
            parallelism: 1,
            queue: 0,
        });
        let before = getpriority_process(None);
        let hashing = hasher.run(|| getpriority_process(None)).await;
        assert_eq!(hashing.expect("there is room"), Ok(NICE));
        assert_eq!(getpriority_process(None), before, "nobody else gives way");
    }
}
