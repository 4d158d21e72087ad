//! How a hash lets others go first: it takes its milliseconds whenever they come, and a call is
//! answered in less than one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How a thread that hashes stands beside others that want the same core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// It gets what nobody else wants, and is sent away the moment somebody does (`SCHED_IDLE`).
    Last,
    /// It gets a tenth of what others get, and up to some milliseconds at once.
    Polite,
}

impl Manner {
    /// The calling thread stands so from now on; it cannot be moved up again. Where it is not
    /// allowed, all take turns.
    pub(super) fn take(self) {
        system::take(self);
    }
}

/// What was learnt of how much of a core there is for hashes. Where others want all cores all the
/// time, nobody could sign in behind them: then hashes are polite until there is room again.
#[derive(Debug, Default)]
pub(super) struct Manners {
    is_starved: AtomicBool,
}

impl Manners {
    /// How the next hash is to stand.
    pub(super) fn manner(&self) -> Manner {
        if self.is_starved.load(Ordering::Relaxed) {
            Manner::Polite
        } else {
            Manner::Last
        }
    }

    /// Hashes on this thread, and learns from it.
    pub(super) fn watch<T>(&self, hash: impl FnOnce() -> T) -> T {
        let (begun, used) = (Instant::now(), system::processor());
        let done = hash();
        let used = system::processor().saturating_sub(used);
        self.learn(begun.elapsed(), used);
        done
    }

    /// A hash took that long and had a core for so much of it.
    fn learn(&self, took: Duration, used: Duration) {
        if used < took / 4 {
            self.is_starved.store(true, Ordering::Relaxed);
        } else if used > took / 2 {
            self.is_starved.store(false, Ordering::Relaxed);
        }
    }
}

#[cfg(target_os = "linux")]
mod system {
    use super::Manner;
    use rustix::process::setpriority_process;
    use rustix::time::{ClockId, clock_gettime};
    use std::time::Duration;
    use thread_priority::ThreadPriority;
    use thread_priority::unix::{
        NormalThreadSchedulePolicy, ThreadSchedulePolicy, set_thread_priority_and_policy,
        thread_native_id,
    };

    /// As `setpriority(2)` counts.
    pub(super) const NICE: i32 = 10;

    /// On Linux this is about the calling thread alone.
    pub(super) fn take(manner: Manner) {
        let last = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        let _ = match manner {
            Manner::Last => {
                let own = thread_native_id();
                set_thread_priority_and_policy(own, ThreadPriority::Min, last).is_ok()
            }
            Manner::Polite => setpriority_process(None, NICE).is_ok(),
        };
    }

    /// How much of a core this thread has had.
    pub(super) fn processor() -> Duration {
        let had = clock_gettime(ClockId::ThreadCPUTime);
        Duration::try_from(had).unwrap_or_default()
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::Manner;
    use std::time::Duration;

    pub(super) fn take(_: Manner) {}

    pub(super) fn processor() -> Duration {
        Duration::ZERO
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::process::getpriority_process;
    use std::thread;
    use thread_priority::unix::{
        NormalThreadSchedulePolicy, ThreadSchedulePolicy, thread_schedule_policy,
    };

    const SECOND: Duration = Duration::from_secs(1);

    /// How a thread of that manner stands, and how nice it is.
    fn stands(manner: Manner) -> (ThreadSchedulePolicy, i32) {
        let asked = move || {
            manner.take();
            (thread_schedule_policy(), getpriority_process(None))
        };
        let (policy, nice) = thread::spawn(asked).join().expect("it ends");
        (policy.expect("it is told"), nice.expect("it is told"))
    }

    #[test]
    fn a_hash_lets_others_go_first() {
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        let ordinary = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Other);
        assert_eq!(stands(Manner::Last).0, idle);
        assert_eq!(stands(Manner::Polite), (ordinary, system::NICE));
    }

    #[test]
    fn hashes_go_last_until_they_starve_and_again_when_there_is_room() {
        let manners = Manners::default();
        let learns = |used, manner| {
            manners.learn(SECOND, used);
            assert_eq!(manners.manner(), manner, "{used:?}");
        };
        assert_eq!(manners.manner(), Manner::Last);
        learns(SECOND / 3, Manner::Last);
        learns(SECOND / 5, Manner::Polite);
        learns(SECOND / 3, Manner::Polite);
        learns(SECOND * 2 / 3, Manner::Last);
    }

    #[test]
    fn what_a_hash_had_of_a_core_is_seen() {
        let manners = Manners::default();
        let (never, told) = std::sync::mpsc::channel::<()>();
        let waits = || told.recv_timeout(Duration::from_millis(20)).is_err();
        assert!(manners.watch(waits), "nobody tells it anything");
        assert_eq!(manners.manner(), Manner::Polite);
        drop(never);
    }
}
