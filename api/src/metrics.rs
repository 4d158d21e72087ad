//! What is counted, and how Prometheus reads it.
//!
//! Every count is a number that is there from the start: nothing is looked up by a name, allocated
//! or locked while a request is answered. Labels are words of ours and never what a client sent, so
//! their number is bounded and no secret gets among them.

mod calls;
mod connections;
mod page;
mod process;
mod route;
mod tally;
mod text;

pub use calls::HttpMetrics;
pub use connections::ConnectionCounts;
pub use page::render;
pub use route::{RouteLabel, is_api_path, is_extra_route};
pub use tally::{DropReason, LabeledCounter, LoginOutcome, RefreshOutcome};

use protocol::Millis;
use std::sync::Arc;

/// Everything that is counted in this process.
pub struct Metrics {
    /// HTTP requests by route and status, and their durations.
    pub calls: HttpMetrics,
    /// What became of refreshes.
    pub refreshes: LabeledCounter<RefreshOutcome>,
    /// What became of sign-ins.
    pub logins: LabeledCounter<LoginOutcome>,
    /// Connections of the public listener.
    pub connections: Arc<ConnectionCounts>,
    /// When the process started.
    started_at: Millis,
}

impl Metrics {
    /// Nothing has happened yet.
    pub fn new(started_at: Millis) -> Self {
        Self {
            calls: HttpMetrics::new(),
            refreshes: LabeledCounter::new(),
            logins: LabeledCounter::new(),
            connections: Arc::default(),
            started_at,
        }
    }
}
