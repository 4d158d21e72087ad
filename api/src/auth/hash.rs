//! Password hashes: argon2id on threads of its own, a bounded number at once. Hashes that people
//! brought from elsewhere are verified there too, until the next sign-in makes them ours.

mod argon;
mod escalation;
mod manners;
mod normal_form;
mod stored;
mod threads;

pub use normal_form::{PasswordForm, are_same};
pub use stored::HashError;

#[cfg(test)]
pub(super) use manners::processor;

use crate::db::Outage;
use crate::trace::part;
use argon::Argon;
use manners::Manners;
use shared::password::Password;
use shared::validate::Violation;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use stored::Stored;
use thiserror::Error;
use threads::Threads;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

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

/// A place among those who may hash, for one hash.
pub struct Place {
    _permit: OwnedSemaphorePermit,
}

/// The right to hash now, which others wait for until it is dropped.
pub struct Turn {
    /// Kept, so that no more may wait than before.
    _place: Place,
    _turn: OwnedSemaphorePermit,
}

/// Somebody who waits for their turn, until this is dropped.
struct Waiter<'a>(&'a AtomicUsize);

impl<'a> Waiter<'a> {
    fn among(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Makes and compares hashes.
pub struct Hasher {
    cost: HashCost,
    argon: Arc<Argon>,
    /// Who may run or wait; refused at once when there is none.
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// Who may run.
    turns: Arc<Semaphore>,
    manners: Arc<Manners>,
    threads: Arc<Threads>,
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
            waiting: AtomicUsize::default(),
            turns: Arc::new(Semaphore::new(cost.parallelism)),
            manners: Arc::default(),
            threads: Arc::default(),
            fallback: Arc::default(),
        }
    }

    /// A place, before anything else is done for whom there may be none: who is sent away has not
    /// tried yet.
    ///
    /// # Errors
    /// [`Busy::Hashing`] where there is none.
    pub fn place(&self) -> Result<Place, Busy> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map(|permit| Place { _permit: permit });
        place.map_err(|_| Busy::Hashing)
    }

    /// The PHC string of a password's NFC form.
    pub async fn hash(&self, place: Place, password: Password) -> Result<String, Busy> {
        let argon = Arc::clone(&self.argon);
        let password = normal_form::normalized(&password);
        self.run(place, move || argon.hash(password.expose())).await
    }

    /// As [`Self::hash`], unless `check` finds that the NFC form of the password breaks a rule. The
    /// check runs under the same permit and at the same priority as the hash.
    pub(super) async fn hash_checked(
        &self,
        place: Place,
        password: Password,
        check: impl Fn(&Password) -> Option<Violation> + Send + Sync + 'static,
    ) -> Result<Result<String, Violation>, Busy> {
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
        place: Place,
        password: Password,
        hash: Option<String>,
    ) -> Result<Option<PasswordForm>, Busy> {
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
    pub(super) fn compare(&self, password: &Password, hash: &str) -> Option<PasswordForm> {
        matches(&self.argon, &self.cost, password, hash)
    }

    /// Hashes on this thread.
    #[cfg(test)]
    pub(super) fn hash_here(&self, password: &str) -> String {
        self.argon.hash(password)
    }

    /// Whether that string may be stored for somebody: it can be verified, at a bounded cost.
    pub fn admits(&self, hash: &str) -> Result<(), HashError> {
        Stored::read(hash, &self.cost).map(|_| ())
    }

    /// Whether the hash that this form of the password was just verified by should be replaced by
    /// one of today.
    pub fn is_outdated(&self, password: &Password, form: PasswordForm, hash: &str) -> bool {
        let is_current = form == PasswordForm::Nfc && self.argon.made_like(hash);
        let stored = Stored::read(hash, &self.cost);
        !is_current && stored.is_ok_and(|stored| stored.judges_all_of(&form.of(password)))
    }

    /// Waits until that one may hash.
    pub async fn turn(&self, place: Place) -> Turn {
        let _waits = Waiter::among(&self.waiting);
        let turn = part("hash: wait", Arc::clone(&self.turns).acquire_owned()).await;
        Turn {
            _place: place,
            _turn: turn.expect("BUG: the semaphore is never closed"),
        }
    }

    /// How much is being hashed right now, and how much waits.
    pub fn load(&self) -> Load {
        let HashCost {
            parallelism, queue, ..
        } = self.cost;
        Load {
            running: parallelism.saturating_sub(self.turns.available_permits()),
            waiting: self.waiting.load(Ordering::Relaxed),
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
        let place = self.place()?;
        let verified = self.verify(place, Password::new("x"), None);
        verified.await.map(|_| ())
    }

    /// `work` may run more than once; see [`escalation`].
    async fn run<T: Send + 'static>(
        &self,
        place: Place,
        work: impl Fn() -> T + Send + Sync + 'static,
    ) -> Result<T, Busy> {
        let turn = self.turn(place).await;
        let (threads, manners) = (Arc::clone(&self.threads), Arc::clone(&self.manners));
        // A task of its own: a client that hangs up does not free its turn early, and its hash still
        // gets the core that it needs to come to an end.
        let done = tokio::spawn(escalation::run(threads, manners, work, turn));
        let done = part("hash: make", done).await;
        let done = done.expect("BUG: hashing panicked");
        done.map_err(|_| Busy::Hashing)
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
    let stored = Stored::read(hash, cost).ok()?;
    let mut forms = normal_form::forms(password).into_iter();
    forms.find(|form| stored.matches(argon, &form.of(password)))
}
