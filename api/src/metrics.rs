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

pub use calls::Calls;
pub use connections::ConnectionCounts;
pub use page::page;
pub use route::{RouteName, is_beside, is_ours};
pub use tally::{DropReason, LoginOutcome, RefreshOutcome, Tally};

use protocol::Millis;
use std::sync::Arc;

/// Everything that is counted in this process.
pub struct Metrics {
    /// Calls by route and status, and how long they took.
    pub calls: Calls,
    /// What became of refreshes.
    pub refreshes: Tally<RefreshOutcome>,
    /// What became of sign-ins.
    pub logins: Tally<LoginOutcome>,
    /// Connections of the public listener.
    pub connections: Arc<ConnectionCounts>,
    /// When the process started.
    started_at: Millis,
}

impl Metrics {
    /// Nothing has happened yet.
    pub fn new(started_at: Millis) -> Self {
        Self {
            calls: Calls::new(),
            refreshes: Tally::new(),
            logins: Tally::new(),
            connections: Arc::default(),
            started_at,
        }
    }
}
