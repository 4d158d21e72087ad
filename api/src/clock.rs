//! The one place that asks what time it is. Everything below gets time as an argument.

use protocol::Millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use time::UtcDateTime;

/// A correction that may be off by more than half of this is worth less than the one before.
const MAX_ROUND_TRIP: Millis = Millis(500);
/// No correction yet.
const NEVER: i64 = i64::MIN;

/// The machine's time for log lines. Decisions use [`Clock::now`].
pub(crate) fn utc_now() -> UtcDateTime {
    UtcDateTime::now()
}

/// Tells the time in milliseconds since the Unix epoch.
#[derive(Clone)]
pub struct Clock {
    read: Arc<dyn Fn() -> Millis + Send + Sync>,
    correction: Arc<AtomicI64>,
}

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self::from_fn(system)
    }

    /// The clock of this machine as it is now, and from here on steady: who sets the machine's
    /// clock does not set this one.
    pub fn monotonic() -> Self {
        let (start, began) = (system(), Instant::now());
        Self::from_fn(move || {
            let passed = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            start + Millis(passed)
        })
    }

    /// A clock that a test steers.
    pub fn from_fn(now: impl Fn() -> Millis + Send + Sync + 'static) -> Self {
        Self {
            read: Arc::new(now),
            correction: Arc::new(AtomicI64::new(NEVER)),
        }
    }

    /// What time it is.
    pub fn now(&self) -> Millis {
        let read = self.raw_now();
        match self.correction.load(Ordering::Relaxed) {
            NEVER => read,
            ahead if ahead < 0 => read - Millis(ahead.unsigned_abs()),
            behind => read + Millis(behind.unsigned_abs()),
        }
    }

    /// What time it would be, had nobody [set](Self::synchronize) the clock.
    pub fn raw_now(&self) -> Millis {
        (self.read)()
    }

    /// By how many milliseconds another clock, by which this was set, is ahead of the machine's.
    pub fn offset(&self) -> i64 {
        match self.correction.load(Ordering::Relaxed) {
            NEVER => 0,
            ahead => ahead,
        }
    }

    /// Sets the clock by another one that was asked between these two readings of [`Self::raw_now`].
    /// An answer that took long says little, unless it is the first.
    pub fn synchronize(&self, (asked, answered): (Millis, Millis), told: Millis) {
        let known = self.correction.load(Ordering::Relaxed) != NEVER;
        if known && answered - asked > MAX_ROUND_TRIP {
            return;
        }
        let signed = |time: Millis| i64::try_from(time.0).unwrap_or(i64::MAX);
        let between = signed(asked).midpoint(signed(answered));
        let correction = signed(told) - between;
        self.correction.store(correction, Ordering::Relaxed);
    }
}

fn system() -> Millis {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the wall clock"
    )]
    let now = SystemTime::now();
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_goes_by_the_one_it_is_set_by() {
        let clock = Clock::from_fn(|| Millis(1_000_000));
        assert_eq!((clock.now(), clock.offset()), (Millis(1_000_000), 0));
        let asked = |took: u64| (Millis(1_000_000), Millis(1_000_000 + took));
        clock.synchronize(asked(10), Millis(400_005));
        assert_eq!((clock.now(), clock.offset()), (Millis(400_000), -600_000));
        clock.synchronize(asked(10), Millis(1_600_005));
        assert_eq!(clock.now(), Millis(1_600_000));
        clock.synchronize(asked(501), Millis(5));
        assert_eq!(clock.now(), Millis(1_600_000));
    }

    #[test]
    fn the_first_answer_counts_however_slow_it_is() {
        let clock = Clock::from_fn(|| Millis(10_000));
        clock.synchronize((Millis(10_000), Millis(14_000)), Millis(20_000));
        assert_eq!(clock.now(), Millis(18_000));
    }
}
