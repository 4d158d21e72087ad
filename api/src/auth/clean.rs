//! What runs beside the requests: following the key ring, hearing of sessions that ended elsewhere, writing down what
//! happened, keeping time with the database, and deleting what is long over.

use super::throttle::WINDOW;
use crate::App;
use crate::db::{Outage, event, session, throttle};
use protocol::Millis;
use std::sync::Arc;
use std::time::Duration;

/// A logout on one node is felt on every other within this time.
const EVERY: Duration = Duration::from_secs(1);
/// Cleaning may be late without anybody noticing.
const CLEAN_EVERY: u32 = 600;
/// Memory is kept so long for the next who signs in, and at most twice as long.
const REST_EVERY: u32 = 10;
/// How far clocks may be apart before a session is deleted that another node still knows.
const SKEW: Millis = Millis::from_secs(3_600);

/// Runs until it is dropped. An outage is logged and tried again.
pub async fn forever(app: &App) {
    tokio::join!(look(app), listen(app), write_early(app));
}

/// Hears of what ended elsewhere as soon as it has, where the database tells.
async fn listen(app: &App) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        // Where it fails, looking each second is what remains.
        match app.db.news().await {
            Ok(None) => return,
            Ok(Some(mut news)) => {
                while news.next().await.is_ok() {
                    let _ = app.deny.catch_up(&app.db, app.clock.now()).await;
                }
            }
            Err(_) => {}
        }
    }
}

/// Writes what happened before its second has passed, where much happens.
async fn write_early(app: &App) {
    loop {
        app.journal.half_full().await;
        let _ = app.journal.flush(&app.db).await;
    }
}

async fn look(app: &App) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for tick in (0..CLEAN_EVERY).cycle() {
        ticks.tick().await;
        follow_keys(app).await;
        // An outage was logged where it was seen.
        let _ = keep_time(app).await;
        let _ = app.journal.flush(&app.db).await;
        let _ = app.deny.catch_up(&app.db, app.clock.now()).await;
        if tick % REST_EVERY == 0 {
            app.hasher.rest();
        }
        if tick == 0 {
            let _ = clean(app).await;
        }
    }
}

/// Reads the keys again, off the threads that answer requests.
async fn follow_keys(app: &App) {
    let keys = Arc::clone(app.access.keys());
    let read = tokio::task::spawn_blocking(move || keys.reload()).await;
    read.expect("BUG: reading the keys panicked");
}

/// Sets the application's clock by the database's, where it has one: several nodes then agree on
/// the time, whatever their own clocks show.
///
/// # Errors
/// [`Outage`] where the database does not answer; the clock goes on as it was set.
pub async fn keep_time(app: &App) -> Result<(), Outage> {
    let asked = app.clock.unset();
    if let Some(told) = app.db.now().await? {
        app.clock.set((asked, app.clock.unset()), told);
    }
    Ok(())
}

/// Deletes sessions, events and counters that are over.
pub async fn clean(app: &App) -> Result<(), Outage> {
    let now = app.clock.now();
    let deleted = session::clean(&app.db, now - SKEW).await?;
    if deleted > 0 {
        tracing::info!(deleted, "sessions past their end were deleted");
    }
    app.pace.clean(now);
    event::clean(&app.db, now - app.config.policy.event_retention).await?;
    throttle::clean(&app.db, WINDOW, now).await
}
