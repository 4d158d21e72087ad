//! Counts of what may become of something, one for each of a few words.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

/// What may become of something.
pub trait Outcome: Copy + 'static {
    /// All of them, in order.
    const ALL: &'static [Self];

    /// Its place among them.
    fn index(self) -> usize;

    /// The word for it.
    fn label(self) -> &'static str;
}

macro_rules! outcomes {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl Outcome for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn index(self) -> usize {
                self as usize
            }

            fn label(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

outcomes! {
    /// What became of a refresh that brought a token.
    RefreshOutcome {
        /// The token was traded for its successor.
        Rotated = "rotated",
        /// A lost answer was given again.
        Retried = "retried",
        /// Another tab was given the same answer.
        Concurrent = "concurrent",
        /// The token is none of ours.
        Invalid = "invalid",
        /// The token is newer than the database: it was restored.
        GenerationAhead = "generation_ahead",
        /// The session reached its end.
        Expired = "expired",
        /// The session was ended before, or its person is disabled.
        Revoked = "revoked",
        /// A spent token came again, and the session was ended.
        Reused = "reused",
        /// Its session refreshes too often.
        Throttled = "throttled",
        /// More racers than rounds.
        Overloaded = "overloaded",
        /// The database did not answer.
        Unavailable = "unavailable",
    }
}

outcomes! {
    /// What became of a sign-in.
    LoginOutcome {
        /// A session began.
        SignedIn = "signed_in",
        /// Name or password is wrong, or the person is disabled.
        Wrong = "wrong",
        /// Too many tries, by name or by address.
        Throttled = "throttled",
        /// The queue of hashes was full.
        Overloaded = "overloaded",
        /// The database did not answer.
        Unavailable = "unavailable",
    }
}

outcomes! {
    /// Why a connection was ended, or not let in.
    DropReason {
        /// Its address has too many; where one of them was idle, that one went.
        AddressLimit = "address_limit",
        /// There are too many in all; where one of them was idle, that one went.
        TotalLimit = "total_limit",
        /// Too many handshakes and heads of requests were incomplete, and it was the oldest.
        IncompleteLimit = "incomplete_limit",
        /// Its TLS handshake took too long.
        HandshakeTimeout = "handshake_timeout",
        /// The head of its request took too long.
        HeadTimeout = "head_timeout",
        /// Nothing came of what its request still needed.
        ReadTimeout = "read_timeout",
        /// Its client did not read the answer.
        WriteTimeout = "write_timeout",
        /// It did nothing.
        IdleTimeout = "idle_timeout",
    }
}

/// A count for each outcome.
pub struct LabeledCounter<T> {
    counts: Box<[AtomicU64]>,
    outcomes: PhantomData<T>,
}

impl<T: Outcome> LabeledCounter<T> {
    /// All zero.
    pub(super) fn new() -> Self {
        Self {
            counts: T::ALL.iter().map(|_| AtomicU64::new(0)).collect(),
            outcomes: PhantomData,
        }
    }

    /// Once more.
    pub fn count(&self, outcome: T) {
        self.counts[outcome.index()].fetch_add(1, Ordering::Relaxed);
    }

    /// Each word and its count.
    pub(super) fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let counts = self
            .counts
            .iter()
            .map(|count| count.load(Ordering::Relaxed));
        T::ALL.iter().map(|outcome| outcome.label()).zip(counts)
    }
}
