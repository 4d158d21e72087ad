//! Password hashes: argon2id on threads of its own, a bounded number at once. Hashes that people
//! brought from elsewhere are verified there too, until the next sign-in makes them ours.

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

/// Nothing can be hashed, or nothing can be looked up, right now.
#[derive(Debug, Error)]
pub enum Unavailable {
    /// More people sign in than can wait.
    #[error("the queue of password hashes is full")]
    Hashing,
    /// The database is away.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// How much is to be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasherStats {
    /// Hashes being made.
    pub running: usize,
    /// Hashes that wait for their turn.
    pub waiting: usize,
    /// As many may run at once.
    pub running_max: usize,
    /// As many may wait.
    pub waiting_max: usize,
}

/// A place among those who may hash, for one hash.
pub struct HashPermit {
    _permit: OwnedSemaphorePermit,
}

/// The right to hash now, which others wait for until it is dropped.
pub struct RunPermit {
    /// Kept, so that no more may wait than before.
    _place: HashPermit,
    _turn: OwnedSemaphorePermit,
}

/// Somebody who waits for their turn, until this is dropped.
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

/// Makes and compares hashes.
pub struct Hasher {
    cost: HashCost,
    argon: Arc<Argon>,
    /// Who may run or wait; refused at once when there is none.
    queue_permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// Who may run.
    run_permits: Arc<Semaphore>,
    manners: Arc<AdaptivePolicy>,
    threads: Arc<HashThreads>,
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
            queue_permits: Arc::new(Semaphore::new(cost.parallelism + cost.queue)),
            waiting: AtomicUsize::default(),
            run_permits: Arc::new(Semaphore::new(cost.parallelism)),
            manners: Arc::default(),
            threads: Arc::default(),
            fallback: Arc::default(),
        }
    }

    /// A place, before anything else is done for whom there may be none: who is sent away has not
    /// tried yet.
    ///
    /// # Errors
    /// [`Unavailable::Hashing`] where there is none.
    pub fn try_acquire(&self) -> Result<HashPermit, Unavailable> {
        let place = Arc::clone(&self.queue_permits).try_acquire_owned();
        let place = place.map(|permit| HashPermit { _permit: permit });
        place.map_err(|_| Unavailable::Hashing)
    }

    /// The PHC string of a password's NFC form.
    pub async fn hash(&self, place: HashPermit, password: Password) -> Result<String, Unavailable> {
        let argon = Arc::clone(&self.argon);
        let password = normal_form::normalized(&password);
        self.run(place, move || argon.hash(password.expose())).await
    }

    /// As [`Self::hash`], unless `check` finds that the NFC form of the password breaks a rule. The
    /// check runs under the same permit and at the same priority as the hash.
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

    /// The form of the password that is the one of that PHC string, if any. Where there is no
    /// string, because the name is unknown, the same work is done in vain, so that time does not
    /// tell: one hash for a password in NFC, two for any other.
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
            // First the work, for unknown names too.
            let matched = matches(&argon, &cost, &password, &hash);
            matched.filter(|_| known)
        })
        .await
    }

    /// Compares on this thread.
    #[cfg(any(test, feature = "fuzz"))]
    pub(crate) fn compare(&self, password: &Password, hash: &str) -> Option<PasswordForm> {
        matches(&self.argon, &self.cost, password, hash)
    }

    /// Hashes on this thread.
    #[cfg(test)]
    pub(crate) fn hash_blocking(&self, password: &str) -> String {
        self.argon.hash(password)
    }

    /// Whether that string may be stored for somebody: it can be verified, at a bounded cost.
    pub fn supports(&self, hash: &str) -> Result<(), UnsupportedHash> {
        ParsedHash::read(hash, &self.cost).map(|_| ())
    }

    /// Whether the hash that this form of the password was just verified by should be replaced by
    /// one of today.
    pub fn is_outdated(&self, password: &Password, form: PasswordForm, hash: &str) -> bool {
        let is_current = form == PasswordForm::Nfc && self.argon.has_current_params(hash);
        let stored = ParsedHash::read(hash, &self.cost);
        !is_current && stored.is_ok_and(|stored| stored.covers_whole_password(&form.of(password)))
    }

    /// Waits until that one may hash.
    pub async fn acquire_run_permit(&self, place: HashPermit) -> RunPermit {
        let _waits = QueueGuard::join(&self.waiting);
        let turn = span("hash: wait", Arc::clone(&self.run_permits).acquire_owned()).await;
        RunPermit {
            _place: place,
            _turn: turn.expect("BUG: the semaphore is never closed"),
        }
    }

    /// How much is being hashed right now, and how much waits.
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

    /// Gives memory back to the system that no hash wanted since this was last called.
    pub fn release_idle_memory(&self) {
        self.argon.release_idle_memory();
    }

    /// Makes the fallback hash now, so that the first unknown name does not take twice as long.
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
        // A task of its own: a client that hangs up does not free its turn early, and its hash still
        // gets the core that it needs to come to an end.
        let done = tokio::spawn(escalation::run(threads, manners, work, turn));
        let done = span("hash: make", done).await;
        let done = done.expect("BUG: hashing panicked");
        done.map_err(|_| Unavailable::Hashing)
    }
}

/// The NFC form first: it is what [`Hasher::hash`] makes. Then the bytes as they were received, which
/// is what hashes from before and from elsewhere were made of.
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
