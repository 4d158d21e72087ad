use super::super::scheduling::SchedPolicy;
use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

/// Many times longer than the detection of starvation takes.
const TIMEOUT: Duration = Duration::from_secs(30);

#[tokio::test]
async fn work_that_gets_no_core_is_started_again_and_frees_what_was_held() {
    let (threads, manners) = (
        Arc::new(HashThreads::default()),
        Arc::new(AdaptivePolicy::default()),
    );
    let (release, wait) = channel::<()>();
    let wait = Mutex::new(wait);
    let starts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&starts);
    // The first run blocks for ever, like one that gets no CPU time.
    let work = move || match counted.fetch_add(1, Ordering::SeqCst) {
        0 => {
            let wait = wait.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = wait.recv();
            "first"
        }
        _ => "second",
    };
    let (held, gone) = channel::<()>();
    let done = run(Arc::clone(&threads), Arc::clone(&manners), work, held);
    let done = tokio::time::timeout(TIMEOUT, done).await;
    let done = done.expect("it is started again");
    assert_eq!(done.expect("there are threads"), "second");
    assert!(gone.recv().is_err(), "it is let go of");
    assert_ne!(manners.policy(), SchedPolicy::Idle, "the next one learns");
    assert!(starts.load(Ordering::SeqCst) >= 2);
    drop(release);
}
