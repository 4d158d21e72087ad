//! What runs beside the requests: hearing of sessions that ended elsewhere, and deleting what is
//! long over.

use super::throttle::WINDOW;
use crate::App;
use crate::db::{Outage, session, throttle};
use protocol::Millis;
use std::time::Duration;

/// A logout on one node is felt on every other within this time.
const CATCH_UP_EVERY: Duration = Duration::from_secs(1);
/// Cleaning may be late without anybody noticing.
const CLEAN_EVERY: u32 = 600;
/// How far clocks may be apart before a session is deleted that another node still knows.
const SKEW: Millis = Millis::from_secs(3_600);

/// Runs until it is dropped. An outage is logged and tried again.
pub async fn forever(app: &App) {
    let mut ticks = tokio::time::interval(CATCH_UP_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for tick in (0..CLEAN_EVERY).cycle() {
        ticks.tick().await;
        // The outage was logged where it was seen.
        let _ = app.deny.catch_up(&app.db, app.clock.now()).await;
        if tick == 0 {
            let _ = clean(app).await;
        }
    }
}

/// Deletes sessions and counters that are over.
pub async fn clean(app: &App) -> Result<(), Outage> {
    let now = app.clock.now();
    let deleted = session::clean(&app.db, now - SKEW).await?;
    if deleted > 0 {
        tracing::info!(deleted, "sessions past their end were deleted");
    }
    throttle::clean(&app.db, WINDOW, now).await
}
