//! What is promised, and what was found of it.

use super::figures::{Figures, Summary};

/// One row of the table.
pub struct Target {
    pub what: &'static str,
    /// At least so much is wanted, or at most.
    pub wanted: Wanted,
    /// None where it could not be measured here.
    pub found: Option<Summary>,
}

/// Which way it should lie of a limit.
#[derive(Clone, Copy)]
pub enum Wanted {
    AtLeast(f64, &'static str),
    Below(f64, &'static str),
}

impl Target {
    /// Whether it keeps what is promised, as far as is known.
    pub fn holds(&self) -> Option<bool> {
        let found = self.found?.median;
        Some(match self.wanted {
            Wanted::AtLeast(limit, _) => found >= limit,
            Wanted::Below(limit, _) => found < limit,
        })
    }
}

/// All of them, in the order of the table.
pub fn all(figures: &Figures) -> Vec<Target> {
    let mut claims = ratios(figures);
    claims.extend(sizes(figures));
    claims
}

fn ratios(figures: &Figures) -> Vec<Target> {
    let at_least = |what, limit, (name, base): (&str, &str)| Target {
        what,
        wanted: Wanted::AtLeast(limit, "×"),
        found: figures.ratio(name, base),
    };
    vec![
        at_least(
            "protected call (HS256), of an equal route that asks for nothing",
            0.9,
            ("call ours calls/s", "call bare calls/s"),
        ),
        at_least(
            "protected call (EdDSA), of the same",
            0.9,
            ("call ours EdDSA calls/s", "call bare calls/s"),
        ),
        at_least(
            "the first again, by what a call takes of the processor",
            0.9,
            ("call bare processor µs", "call ours processor µs"),
        ),
        at_least(
            "the first with its log off (RUST_LOG=warn), as the equal route has none",
            0.9,
            ("call ours, no log calls/s", "call bare calls/s"),
        ),
        at_least(
            "protected call, of Express + jsonwebtoken, tuned",
            15.0,
            ("call ours calls/s", "call express calls/s"),
        ),
        at_least(
            "refreshes on SQLite, 32 clients, of Express + better-sqlite3",
            3.0,
            ("refresh ours calls/s", "refresh express calls/s"),
        ),
        at_least(
            "refreshes on PostgreSQL, 32 clients, of pgbench with the same statements",
            0.8,
            ("refresh postgres calls/s", "pgbench calls/s"),
        ),
        at_least(
            "argon2id hashes (19 MiB, t=2, p=1) one after the other, of @node-rs/argon2",
            1.0,
            ("hash node ms", "hash ours ms"),
        ),
        Target {
            what: "p99 of a call while 200 people sign in, of the same while nobody does",
            wanted: Wanted::Below(2.0, "×"),
            found: figures.ratio("call in a crowd p99 µs", "call while idle p99 µs"),
        },
    ]
}

fn sizes(figures: &Figures) -> Vec<Target> {
    let below = |what, (limit, unit), name: &str| Target {
        what,
        wanted: Wanted::Below(limit, unit),
        found: figures.of(name),
    };
    let (called, most) = ("called memory at most MiB", "crowd memory at most MiB");
    vec![
        Target {
            what: "memory while 200 people sign in, over the same while 200 only call",
            wanted: Wanted::Below(one_hash_each(), " MiB"),
            found: figures.difference(most, called),
        },
        below("idle memory", (15.0, " MiB"), "rest memory MiB"),
        below("start to first answer, SQLite", (100.0, " ms"), "start ms"),
        below("program and web app", (25.0, " MiB"), "size MiB"),
    ]
}

/// As much as the hashes want that are computed at once: all cores but one.
fn one_hash_each() -> f64 {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let hashes = u8::try_from(cores.saturating_sub(1).max(1)).unwrap_or(u8::MAX);
    19.0 * f64::from(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_holds_by_its_median_and_is_open_where_nothing_was_found() {
        let figures = Figures::read("call ours calls/s\t9 9 9\ncall bare calls/s\t10 9 12\n");
        let claims = all(&figures);
        assert_eq!(claims[0].holds(), Some(true));
        assert_eq!(claims[1].holds(), None);
        let figures = Figures::read("start ms\t99 100 101\n");
        let start = all(&figures)
            .into_iter()
            .find(|claim| claim.found.is_some());
        assert_eq!(start.and_then(|claim| claim.holds()), Some(false));
    }
}
