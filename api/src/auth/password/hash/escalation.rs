//! Starts a hash that gets no CPU time again on a thread with a higher priority.
//!
//! A thread cannot raise its own priority without a privilege. So if a hash starves, the same work
//! starts a second time at the next scheduling policy, and the first result counts. The starved one
//! ends when the system schedules it; until then no further hash starts at its policy, so that at
//! most one per permit and policy is left behind.

use super::scheduling::{AdaptivePolicy, Progress};
use super::thread_pool::HashThreads;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot::Receiver;

/// How often a running hash is checked: many times longer than one takes.
const CHECK_EVERY: Duration = Duration::from_millis(50);

/// What is held during the work; the first run that completes drops it.
struct Shared<H>(Arc<Mutex<Option<H>>>);

impl<H> Drop for Shared<H> {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// Runs `work` at the current policy, and starts it again at a higher one while it starves.
///
/// # Errors
/// If the system cannot create a thread.
///
/// # Panics
/// If `work` panics.
pub(super) async fn run<T: Send + 'static>(
    threads: Arc<HashThreads>,
    manners: Arc<AdaptivePolicy>,
    work: impl Fn() -> T + Send + Sync + 'static,
    held: impl Send + 'static,
) -> io::Result<T> {
    let work = Arc::new(work);
    let held = Arc::new(Mutex::new(Some(held)));
    let start = |manner| -> io::Result<(Receiver<T>, Arc<Progress>)> {
        let progress = Arc::new(Progress::default());
        let running = manners.running(manner);
        let (work, seen) = (Arc::clone(&work), Arc::clone(&progress));
        let job = move || running.run_measured(&seen, || work());
        let told = threads.run(manner, job, Shared(Arc::clone(&held)))?;
        Ok((told, progress))
    };
    let mut manner = manners.policy();
    let (told, mut progress) = start(manner)?;
    let mut results = FuturesUnordered::from_iter([told]);
    loop {
        let checked = tokio::time::timeout(CHECK_EVERY, results.next()).await;
        if let Ok(first) = checked {
            let first = first.expect("BUG: at least one is waited for");
            return Ok(first.expect("BUG: hashing panicked"));
        }
        if let Some(higher) = manner.higher().filter(|_| progress.is_starved()) {
            manners.report_starved(manner);
            manner = higher;
            // If no thread can be created, the run in progress still completes.
            if let Ok((told, newest)) = start(manner) {
                results.push(told);
                progress = newest;
            }
        }
    }
}

#[cfg(test)]
mod tests;
