//! The page's monotonic clock: the wall clock may be an hour off, and may jump.

use super::window;
use client::{Clock, LocalFuture, Millis};
use gloo_timers::future::TimeoutFuture;

/// `performance.now()` and `setTimeout`.
pub struct PageClock;

/// `setTimeout` takes what fits an `i32`; more would ring at once.
const LONGEST: u32 = i32::MAX.cast_unsigned();

impl Clock for PageClock {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since the page was opened: not negative, and far from 2^53"
    )]
    fn now(&self) -> Millis {
        let now = window().performance().map(|performance| performance.now());
        Millis(now.unwrap_or_default() as u64)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970: not negative, and far from 2^53"
    )]
    fn wall_clock(&self) -> Millis {
        Millis(js_sys::Date::now() as u64)
    }

    fn sleep(&self, duration: Millis) -> LocalFuture<()> {
        let millis = u32::try_from(duration.0).unwrap_or(LONGEST).min(LONGEST);
        Box::pin(TimeoutFuture::new(millis))
    }
}
