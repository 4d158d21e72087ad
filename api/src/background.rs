//! What runs beside the requests: following the key ring, hearing of sessions that ended elsewhere, writing down what
//! happened, keeping time with the database, and deleting what is long over.

use crate::AppState;
use crate::auth::account::admin::revoke_below_cutoff;
use crate::auth::rate_limit::WINDOW;
use crate::clock::Clock;
use crate::db::prune::Pruned;
use crate::db::{Database, DbError, event, revocation, session, throttle};
use protocol::Millis;
use std::sync::Arc;
use std::time::Duration;

/// A logout on one node is felt on every other within a second, also by a node that is told
/// nothing: it looks so often, and the look itself takes a while.
const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// A look that takes longer hangs on a connection that is dead without anybody having said so; the
/// next takes another.
const POLL_TIMEOUT: Duration = Duration::from_secs(3);
/// What merely happened waits no longer to be written.
const FLUSH_INTERVAL: Duration = Duration::from_secs(1);
/// Cleaning may be late without anybody noticing.
const PRUNE_INTERVAL: Duration = Duration::from_mins(10);
/// Memory is kept so long for the next who signs in, and at most twice as long.
const RELEASE_EVERY: u32 = 20;
/// So many connections less than at their peak: their free memory is returned to the system.
const TRIM_AFTER: u64 = 256;
/// How far clocks may be apart before a session is deleted that another node still knows.
const MAX_CLOCK_SKEW: Millis = Millis::from_secs(3_600);

/// Runs until it is dropped. An outage is logged and tried again.
pub async fn run(app: &AppState) {
    tokio::join!(
        poll_loop(app),
        notify_loop(app),
        flush_loop(app),
        prune_loop(app)
    );
}

/// Hears of what ended elsewhere as soon as it has, where the database tells.
async fn notify_loop(app: &AppState) {
    let mut ticks = tokio::time::interval(POLL_INTERVAL);
    loop {
        ticks.tick().await;
        // Where it fails, looking each second is what remains.
        match app.db.revocation_listener().await {
            Ok(None) => return,
            Ok(Some(mut news)) => {
                while news.next().await.is_ok() {
                    let _ = app.deny.sync(&app.db, app.clock.now()).await;
                }
            }
            Err(_) => {}
        }
    }
}

/// Writes what happened within its second, or earlier where much happens.
async fn flush_loop(app: &AppState) {
    loop {
        let _ = tokio::time::timeout(FLUSH_INTERVAL, app.journal.high_water()).await;
        let _ = app.journal.flush(&app.db).await;
    }
}

/// Deletes what is over, now and then.
async fn prune_loop(app: &AppState) {
    let mut ticks = tokio::time::interval(PRUNE_INTERVAL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let _ = prune(app).await;
    }
}

async fn poll_loop(app: &AppState) {
    let mut ticks = tokio::time::interval(POLL_INTERVAL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut peak = 0;
    for tick in (0..RELEASE_EVERY).cycle() {
        ticks.tick().await;
        let open = app.metrics.connections.open();
        peak = peak.max(open);
        reload_keys(app).await;
        let looked = tokio::time::timeout(POLL_TIMEOUT, poll_once(app)).await;
        if looked.is_err() {
            tracing::error!("the database does not answer in time");
        }
        if tick == 0 {
            app.hasher.release_idle_memory();
            if peak > open + TRIM_AFTER {
                peak = open;
                let _ = tokio::task::spawn_blocking(heap_trim::release).await;
            }
        }
    }
}

/// What ended elsewhere comes first: people wait for it. An outage was logged where it was seen.
async fn poll_once(app: &AppState) {
    let _ = app.deny.sync(&app.db, app.clock.now()).await;
    let _ = sync_clock(app).await;
}

/// Reads the keys again, off the threads that answer requests.
async fn reload_keys(app: &AppState) {
    let keys = Arc::clone(app.access.keys());
    let read = tokio::task::spawn_blocking(move || keys.reload()).await;
    read.expect("BUG: reading the keys panicked");
}

/// Sets the application's clock by the database's, where it has one: several nodes then agree on
/// the time, whatever their own clocks show.
///
/// # Errors
/// [`DbError`] where the database does not answer; the clock goes on as it was set.
pub async fn sync_clock(app: &AppState) -> Result<(), DbError> {
    set_clock(&app.clock, &app.db).await
}

/// The same for an application that is about to be made: what it reads of the database at first, it
/// keeps for a while by its clock.
///
/// # Errors
/// [`DbError`] where the database does not answer.
pub async fn set_clock(clock: &Clock, db: &Database) -> Result<(), DbError> {
    let asked = clock.raw_now();
    if let Some(told) = db.now().await? {
        clock.synchronize((asked, clock.raw_now()), told);
    }
    Ok(())
}

/// Deletes sessions, events and counters that are over, in small bites: whoever signs in meanwhile
/// waits for one of them at most.
///
/// # Errors
/// [`DbError`] where the database does not answer; the rest goes the next time.
pub async fn prune(app: &AppState) -> Result<(), DbError> {
    let now = app.clock.now();
    let deleted = until_pruned(|| session::prune(&app.db, now - MAX_CLOCK_SKEW)).await?;
    if deleted > 0 {
        tracing::info!(deleted, "sessions past their end were deleted");
    }
    // What a terminal began that was closed before its end.
    revoke_below_cutoff(&app.db, now, |_| {}).await?;
    until_pruned(|| revocation::prune(&app.db)).await?;
    app.pace.prune(now);
    app.journal.prune(now);
    let kept = now - app.config.policy.event_retention;
    until_pruned(|| event::prune(&app.db, kept)).await?;
    until_pruned(|| throttle::prune(&app.db, WINDOW, now)).await?;
    Ok(())
}

async fn until_pruned<F>(bite: impl Fn() -> F) -> Result<u64, DbError>
where
    F: Future<Output = Result<Pruned, DbError>>,
{
    let mut rows = 0;
    loop {
        let cleaned = bite().await?;
        rows += cleaned.rows;
        if !cleaned.maybe_more() {
            return Ok(rows);
        }
    }
}
