use super::event::{Jitter, Life};
use crate::Millis;

/// The first wait after a failure; it doubles each time.
pub const BACKOFF_BASE: Millis = Millis::from_secs(1);
/// The longest wait that we choose ourselves.
pub const BACKOFF_MAX: Millis = Millis::from_secs(60);

/// An access token, as far as the machine cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    /// Which token of this tab it is.
    pub serial: u32,
    /// When it counts as expired, on this tab's monotonic clock.
    pub expires_at: Millis,
    /// When to fetch the next one: at 0.8 of its life, less a jitter of up to a tenth, so that
    /// neither tabs nor people refresh in step.
    pub refresh_at: Millis,
}

impl Grant {
    pub(super) fn new(serial: u32, now: Millis, life: Life) -> Self {
        let Life { ttl, jitter } = life;
        let early = ttl.0.saturating_mul(8) / 10;
        Self {
            serial,
            expires_at: now + ttl,
            refresh_at: now + Millis(early) - spread(Millis(ttl.0 / 10), jitter),
        }
    }

    /// Whether a call may still go out with it.
    pub fn is_good(&self, now: Millis) -> bool {
        now < self.expires_at
    }
}

/// When to try again after `failures` failures: full jitter over the upper half of a doubling
/// wait, so that a herd spreads and nobody hammers.
pub(super) fn backoff(failures: u8, now: Millis, jitter: Jitter) -> Millis {
    let doubled = BACKOFF_BASE.0 << u32::from(failures.saturating_sub(1)).min(10);
    let wait = Millis(doubled).min(BACKOFF_MAX);
    now + wait - spread(Millis(wait.0 / 2), jitter)
}

/// A share of `range`, from nothing to all of it.
pub(super) fn spread(range: Millis, jitter: Jitter) -> Millis {
    Millis(range.0.saturating_mul(u64::from(jitter)) / u64::from(Jitter::MAX))
}
