use super::event::{Jitter, TokenLifetime};
use crate::Millis;

/// The backoff after the first failure; it doubles each time.
pub const BACKOFF_BASE: Millis = Millis::from_secs(1);
/// The longest backoff without a `Retry-After`.
pub const BACKOFF_MAX: Millis = Millis::from_secs(60);

/// An access token as the machine knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccessGrant {
    /// The serial number in this tab.
    pub serial: u32,
    /// When it expires, on this tab's monotonic clock.
    pub expires_at: Millis,
    /// When to refresh: at 0.8 of its lifetime less a jitter of up to 0.1, so that tabs and users do
    /// not refresh at the same time.
    pub refresh_at: Millis,
}

impl AccessGrant {
    pub(super) fn new(serial: u32, now: Millis, lifetime: TokenLifetime) -> Self {
        let TokenLifetime { ttl, jitter } = lifetime;
        let early = ttl.0.saturating_mul(8) / 10;
        Self {
            serial,
            expires_at: now + ttl,
            refresh_at: now + Millis(early) - apply_jitter(Millis(ttl.0 / 10), jitter),
        }
    }

    /// Whether a call may still be sent with it.
    pub fn is_valid(&self, now: Millis) -> bool {
        now < self.expires_at
    }
}

/// When to retry after `failures` failures: exponential backoff, its upper half with full jitter.
pub(super) fn backoff(failures: u8, now: Millis, jitter: Jitter) -> Millis {
    let doubled = BACKOFF_BASE.0 << u32::from(failures.saturating_sub(1)).min(10);
    let wait = Millis(doubled).min(BACKOFF_MAX);
    now + wait - apply_jitter(Millis(wait.0 / 2), jitter)
}

/// A random share of `range`, from zero to all of it.
pub(super) fn apply_jitter(range: Millis, jitter: Jitter) -> Millis {
    Millis(range.0.saturating_mul(u64::from(jitter)) / u64::from(Jitter::MAX))
}
