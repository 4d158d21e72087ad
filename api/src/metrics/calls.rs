//! How many calls each route answered with which status, and how long they took.

use super::route::RouteLabel;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper ends of what is told apart, in microseconds: a verified call is in the first, a
/// refresh in the middle, a sign-in above them, and what hangs in the last.
pub(super) const ENDS: [u64; 12] = [
    250, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 2_500_000,
    10_000_000,
];
/// What our answers have; anything else is counted together.
pub(super) const STATUSES: [u16; 17] = [
    200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 413, 415, 421, 422, 429, 500, 503,
];
const OTHER: usize = STATUSES.len();

/// A table of all routes and statuses.
pub struct HttpMetrics(Box<[Histogram]>);

/// How long something took, how often.
#[derive(Default)]
struct Histogram {
    /// One more than there are ends, for what took longer than the last.
    counts: [AtomicU64; ENDS.len() + 1],
    micros: AtomicU64,
}

/// What one row of the table says now.
pub(super) struct Row {
    pub route: RouteLabel,
    /// `None` for a status that is not among ours.
    pub status: Option<u16>,
    /// By the end below which they were, the last for those above all.
    pub counts: [u64; ENDS.len() + 1],
    pub micros: u64,
}

impl HttpMetrics {
    /// All zero.
    pub(super) fn new() -> Self {
        let rows = RouteLabel::COUNT * (OTHER + 1);
        Self((0..rows).map(|_| Histogram::default()).collect())
    }

    /// A call was answered.
    pub fn count(&self, route: RouteLabel, status: u16, took: Duration) {
        let status = STATUSES.binary_search(&status).unwrap_or(OTHER);
        let row = &self.0[route.place() * (OTHER + 1) + status];
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let place = ENDS.partition_point(|end| *end < micros);
        row.counts[place].fetch_add(1, Ordering::Relaxed);
        row.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// What was counted; rows of which nothing was are left out.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        let places = RouteLabel::all().flat_map(|route| (0..=OTHER).map(move |at| (route, at)));
        let rows = self.0.iter().zip(places).map(|(row, (route, status))| Row {
            route,
            status: STATUSES.get(status).copied(),
            counts: row
                .counts
                .each_ref()
                .map(|count| count.load(Ordering::Relaxed)),
            micros: row.micros.load(Ordering::Relaxed),
        });
        rows.filter(|row| row.counts.iter().any(|count| *count > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::error_code::ErrorCode;

    #[test]
    fn every_status_of_ours_is_told_apart() {
        assert!(STATUSES.is_sorted());
        for code in ErrorCode::ALL {
            assert!(STATUSES.contains(&code.status()), "{code:?}");
        }
    }

    #[test]
    fn a_call_is_counted_below_its_end() {
        let calls = HttpMetrics::new();
        let me = RouteLabel::of("GET", "/api/me");
        for (status, micros) in [(200, 0), (200, 250), (200, 251), (418, 10_000_001)] {
            calls.count(me, status, Duration::from_micros(micros));
        }
        let [good, strange] = <[Row; 2]>::try_from(calls.rows().collect::<Vec<_>>())
            .unwrap_or_else(|rows| panic!("{} rows", rows.len()));
        assert_eq!((good.route, good.status, good.micros), (me, Some(200), 501));
        assert_eq!(good.counts[..3], [2, 1, 0]);
        assert_eq!((strange.route, strange.status), (me, None));
        assert_eq!(strange.counts.last(), Some(&1));
    }
}
