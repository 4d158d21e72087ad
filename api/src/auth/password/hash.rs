//! Password hashing: argon2id on dedicated threads, with bounded concurrency. Imported hashes of
//! other formats are verified here too, until the next sign-in replaces them.

mod argon;
mod escalation;
mod format;
mod normal_form;
mod scheduling;
mod thread_pool;

pub use format::UnsupportedHash;
pub use normal_form::{PasswordForm, are_same};

#[cfg(test)]
pub(in crate::auth) use scheduling::cpu_time;

use crate::config::HashCost;
use crate::db::DbError;
use crate::trace::span;
use argon::Argon;
use format::ParsedHash;
use scheduling::AdaptivePolicy;
use shared::password::Password;
use shared::validate::Violation;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use thiserror::Error;
use thread_pool::HashThreads;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The request cannot be served now.
#[derive(Debug, Error)]
pub enum Unavailable {
    /// The queue for hashing is full.
    #[error("the queue of password hashes is full")]
    Hashing,
    /// The database is unreachable.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// The load of the hasher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasherStats {
    /// Hashes in progress.
    pub running: usize,
    /// Hashes in the queue.
    pub waiting: usize,
    /// The maximum number in progress.
    pub running_max: usize,
    /// The maximum number in the queue.
    pub waiting_max: usize,
}

/// A permit to enter the queue, for one hash.
pub struct HashPermit {
    _permit: OwnedSemaphorePermit,
}

/// A permit to hash now. Dropping it admits the next hash of the queue.
pub struct RunPermit {
    /// Held, so that the queue does not grow beyond its limit.
    _place: HashPermit,
    _turn: OwnedSemaphorePermit,
}

/// Counts a queued hash until it is dropped.
struct QueueGuard<'a>(&'a AtomicUsize);

impl<'a> QueueGuard<'a> {
    fn join(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for QueueGuard<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Creates and verifies password hashes.
pub struct Hasher {
    cost: HashCost,
    argon: Arc<Argon>,
    /// Permits to run or wait; if none is left, the request is rejected at once.
    queue_permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// Permits to run.
    run_permits: Arc<Semaphore>,
    manners: Arc<AdaptivePolicy>,
    threads: Arc<HashThreads>,
    fallback: Arc<OnceLock<String>>,
}

impl Hasher {
    /// A hasher with these parameters.
    ///
    /// # Panics
    /// Never for parameters that the configuration accepts.
    pub fn new(cost: HashCost) -> Self {
        Self {
            cost,
            argon: Arc::new(Argon::new(cost)),
            queue_permits: Arc::new(Semaphore::new(cost.parallelism + cost.queue)),
            waiting: AtomicUsize::default(),
            run_permits: Arc::new(Semaphore::new(cost.parallelism)),
            manners: Arc::default(),
            threads: Arc::default(),
            fallback: Arc::default(),
        }
    }

    /// Acquires a permit. Callers do this first: a request that is rejected for overload does not
    /// count as an attempt.
    ///
    /// # Errors
    /// [`Unavailable::Hashing`] if the queue is full.
    pub fn try_acquire(&self) -> Result<HashPermit, Unavailable> {
        let place = Arc::clone(&self.queue_permits).try_acquire_owned();
        let place = place.map(|permit| HashPermit { _permit: permit });
        place.map_err(|_| Unavailable::Hashing)
    }

    /// The PHC string of the password's NFC form.
    pub async fn hash(&self, place: HashPermit, password: Password) -> Result<String, Unavailable> {
        let argon = Arc::clone(&self.argon);
        let password = normal_form::normalized(&password);
        self.run(place, move || argon.hash(password.expose())).await
    }

    /// Like [`Self::hash`], unless `check` finds that the NFC form of the password breaks a rule.
    /// The check runs under the same permit and at the same priority as the hash.
    pub(crate) async fn hash_checked(
        &self,
        place: HashPermit,
        password: Password,
        check: impl Fn(&Password) -> Option<Violation> + Send + Sync + 'static,
    ) -> Result<Result<String, Violation>, Unavailable> {
        let argon = Arc::clone(&self.argon);
        let password = normal_form::normalized(&password);
        let work = move || match check(&password) {
            Some(rule) => Err(rule),
            None => Ok(argon.hash(password.expose())),
        };
        self.run(place, work).await
    }

    /// The form of the password that matches the PHC string, if any. Without a string (unknown
    /// username), the same work is done, so that the response time does not reveal whether the user
    /// exists: one hash for a password in NFC, two for any other.
    pub async fn verify(
        &self,
        place: HashPermit,
        password: Password,
        hash: Option<String>,
    ) -> Result<Option<PasswordForm>, Unavailable> {
        let argon = Arc::clone(&self.argon);
        let fallback = Arc::clone(&self.fallback);
        let cost = self.cost;
        self.run(place, move || {
            let known = hash.is_some();
            let hash = hash.clone().unwrap_or_else(|| {
                fallback
                    .get_or_init(|| argon.hash("nobody's password"))
                    .clone()
            });
            // The work comes first, for unknown usernames too.
            let matched = matches(&argon, &cost, &password, &hash);
            matched.filter(|_| known)
        })
        .await
    }

    /// Verifies on the calling thread.
    #[cfg(any(test, feature = "fuzz"))]
    pub(crate) fn compare(&self, password: &Password, hash: &str) -> Option<PasswordForm> {
        matches(&self.argon, &self.cost, password, hash)
    }

    /// Hashes on the calling thread.
    #[cfg(test)]
    pub(crate) fn hash_blocking(&self, password: &str) -> String {
        self.argon.hash(password)
    }

    /// Whether the string may be stored for a user: it can be verified, at a bounded cost.
    pub fn supports(&self, hash: &str) -> Result<(), UnsupportedHash> {
        ParsedHash::read(hash, &self.cost).map(|_| ())
    }

    /// Whether the hash that was just verified with this form of the password should be replaced by
    /// one with the current parameters.
    pub fn is_outdated(&self, password: &Password, form: PasswordForm, hash: &str) -> bool {
        let is_current = form == PasswordForm::Nfc && self.argon.has_current_params(hash);
        let stored = ParsedHash::read(hash, &self.cost);
        !is_current && stored.is_ok_and(|stored| stored.covers_whole_password(&form.of(password)))
    }

    /// Waits for a permit to run.
    pub async fn acquire_run_permit(&self, place: HashPermit) -> RunPermit {
        let _waits = QueueGuard::join(&self.waiting);
        let turn = span("hash: wait", Arc::clone(&self.run_permits).acquire_owned()).await;
        RunPermit {
            _place: place,
            _turn: turn.expect("BUG: the semaphore is never closed"),
        }
    }

    /// The current load.
    pub fn stats(&self) -> HasherStats {
        let HashCost {
            parallelism, queue, ..
        } = self.cost;
        HasherStats {
            running: parallelism.saturating_sub(self.run_permits.available_permits()),
            waiting: self.waiting.load(Ordering::Relaxed),
            running_max: parallelism,
            waiting_max: queue,
        }
    }

    /// Returns memory to the system that no hash used since the last call.
    pub fn release_idle_memory(&self) {
        self.argon.release_idle_memory();
    }

    /// Computes the fallback hash now, so that the first unknown username does not take twice as
    /// long.
    pub async fn warm_up(&self) -> Result<(), Unavailable> {
        let place = self.try_acquire()?;
        let verified = self.verify(place, Password::new("x"), None);
        verified.await.map(|_| ())
    }

    /// `work` may run more than once; see [`escalation`].
    async fn run<T: Send + 'static>(
        &self,
        place: HashPermit,
        work: impl Fn() -> T + Send + Sync + 'static,
    ) -> Result<T, Unavailable> {
        let turn = self.acquire_run_permit(place).await;
        let (threads, manners) = (Arc::clone(&self.threads), Arc::clone(&self.manners));
        // A separate task: if the client disconnects, the permit is not released early, and the
        // escalation of the hash continues until it completes.
        let done = tokio::spawn(escalation::run(threads, manners, work, turn));
        let done = span("hash: make", done).await;
        let done = done.expect("BUG: hashing panicked");
        done.map_err(|_| Unavailable::Hashing)
    }
}

/// Tries the NFC form first, which [`Hasher::hash`] uses. Then the bytes as received, which older
/// and imported hashes were made of.
fn matches(
    argon: &Argon,
    cost: &HashCost,
    password: &Password,
    hash: &str,
) -> Option<PasswordForm> {
    let stored = ParsedHash::read(hash, cost).ok()?;
    let mut forms = normal_form::forms(password).into_iter();
    forms.find(|form| stored.matches(argon, &form.of(password)))
}
