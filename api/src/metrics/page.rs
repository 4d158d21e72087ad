//! All numbers of this process as they are now. Nothing here asks the database: who reads it when
//! the database is away must get an answer at once.

use super::calls::ENDS;
use super::process::resident;
use super::text::{Kind, Writer};
use super::{HttpMetrics, LabeledCounter};
use crate::AppState;
use crate::metrics::tally::Outcome;
use std::sync::atomic::Ordering;

/// The page that Prometheus reads.
pub fn render(app: &AppState) -> String {
    let mut text = Writer::default();
    let metrics = &app.metrics;
    calls(&mut text, &metrics.calls);
    tally(
        &mut text,
        (
            "countersign_refreshes_total",
            "Refreshes by what became of them.",
        ),
        &metrics.refreshes,
    );
    tally(
        &mut text,
        (
            "countersign_logins_total",
            "Sign-ins by what became of them.",
        ),
        &metrics.logins,
    );
    connections(&mut text, app);
    hashing(&mut text, app);
    database(&mut text, app);
    memory(&mut text, app);
    process(&mut text, app);
    text.into_string()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a sum of times need not be exact"
)]
fn calls(text: &mut Writer, calls: &HttpMetrics) {
    let name = "countersign_http_request_duration_seconds";
    let help = "How long requests took, by route and status.";
    let mut family = text.family(name, Kind::Histogram, help);
    for row in calls.rows() {
        let (method, route) = row.route.labels();
        let status = row
            .status
            .map_or("other".to_owned(), |status| status.to_string());
        let labels = [("method", method), ("route", route), ("status", &status)];
        let [first, second, third] = labels;
        let mut below = 0;
        for (end, count) in ENDS.into_iter().zip(row.counts) {
            below += count;
            let end = (end as f64 / 1e6).to_string();
            family.add("_bucket", &[first, second, third, ("le", &end)], below);
        }
        let all: u64 = row.counts.iter().sum();
        family.add("_bucket", &[first, second, third, ("le", "+Inf")], all);
        family.add("_sum", &labels, row.micros as f64 / 1e6);
        family.add("_count", &labels, all);
    }
}

fn connections(text: &mut Writer, app: &AppState) {
    let counts = &app.metrics.connections;
    let name = "countersign_connections";
    text.number(name, Kind::Gauge, "Connections of clients.", counts.open());
    let name = "countersign_connections_max";
    let help = "Connections of clients that may be open.";
    text.number(name, Kind::Gauge, help, app.config.connections.total);
    let name = "countersign_connections_dropped_total";
    let help = "Connections that were ended or not let in, by the reason.";
    let mut family = text.family(name, Kind::Counter, help);
    for (reason, count) in counts.dropped.counts() {
        family.add("", &[("reason", reason)], count);
    }
    let name = "countersign_accept_errors_total";
    let help = "How often the system had no room for another connection.";
    let errors = counts.accept_errors.load(Ordering::Relaxed);
    text.number(name, Kind::Counter, help, errors);
}

fn tally<T: Outcome>(
    text: &mut Writer,
    (name, help): (&'static str, &str),
    tally: &LabeledCounter<T>,
) {
    let mut family = text.family(name, Kind::Counter, help);
    for (word, count) in tally.counts() {
        family.add("", &[("outcome", word)], count);
    }
}

fn hashing(text: &mut Writer, app: &AppState) {
    let load = app.hasher.stats();
    for (name, help, value) in [
        (
            "countersign_hashes_running",
            "Password hashes being made.",
            load.running,
        ),
        (
            "countersign_hashes_waiting",
            "Password hashes waiting for their turn.",
            load.waiting,
        ),
        (
            "countersign_hashes_running_max",
            "Hashes that may run at once.",
            load.running_max,
        ),
        (
            "countersign_hashes_waiting_max",
            "Hashes that may wait.",
            load.waiting_max,
        ),
    ] {
        text.number(name, Kind::Gauge, help, value);
    }
}

fn database(text: &mut Writer, app: &AppState) {
    let pool = app.db.pool_stats();
    let name = "countersign_database_connections";
    let mut family = text.family(name, Kind::Gauge, "Connections to the database.");
    family.add(
        "",
        &[("state", "busy")],
        pool.open.saturating_sub(pool.idle),
    );
    family.add("", &[("state", "idle")], pool.idle);
    let name = "countersign_database_connections_max";
    text.number(name, Kind::Gauge, "Connections that may be open.", pool.max);
    let name = "countersign_database_outages_total";
    let help = "Statements that failed because the database was away, locked, full or broken.";
    text.number(name, Kind::Counter, help, crate::db::outages());
    let name = "countersign_database_calls_refused_total";
    let help = "Calls that were refused because too many were waiting for the database.";
    text.number(name, Kind::Counter, help, crate::db::rejected_total());
}

fn memory(text: &mut Writer, app: &AppState) {
    let name = "countersign_denied_sessions";
    let help = "Ended sessions whose access tokens may still be out.";
    text.number(name, Kind::Gauge, help, app.deny.len());
    let name = "countersign_journal_waiting";
    let help = "Events that wait to be written.";
    text.number(name, Kind::Gauge, help, app.journal.len());
    let name = "countersign_events_not_written_total";
    let help = "Routine events and failed sign-ins beyond their bound, counted and not written.";
    text.number(name, Kind::Counter, help, app.journal.dropped());
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a time need not be exact to the millisecond"
)]
fn process(text: &mut Writer, app: &AppState) {
    let name = "countersign_clock_offset_seconds";
    let help = "How far the database's clock is ahead of this machine's.";
    text.number(name, Kind::Gauge, help, app.clock.offset() as f64 / 1e3);
    let name = "countersign_stopping";
    let help = "Whether the process was asked to stop.";
    text.number(name, Kind::Gauge, help, u8::from(app.is_stopping()));
    let name = "countersign_spans_dropped_total";
    let help = "Spans of traces that no collector took.";
    text.number(name, Kind::Counter, help, crate::trace::dropped());
    let name = "countersign_build_info";
    let help = "What runs here.";
    let kind = if app.config.database.is_sqlite() {
        "sqlite"
    } else {
        "postgresql"
    };
    let labels = [("version", env!("CARGO_PKG_VERSION")), ("database", kind)];
    text.family(name, Kind::Gauge, help).add("", &labels, 1);
    let name = "process_start_time_seconds";
    let started = app.metrics.started_at.0 as f64 / 1e3;
    text.number(name, Kind::Gauge, "When the process started.", started);
    if let Some(bytes) = resident() {
        let name = "process_resident_memory_bytes";
        text.number(name, Kind::Gauge, "Memory that the process holds.", bytes);
    }
}
