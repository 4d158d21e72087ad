//! The priority of hashing threads: a hash takes milliseconds whenever it runs, while a request
//! takes less than one, so hashes yield the core to requests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// The priority of a hashing thread against other threads on the same core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchedPolicy {
    /// Runs only if no other thread wants the core, and is preempted at once (`SCHED_IDLE`).
    Idle,
    /// Gets a tenth of the share of others, for up to some milliseconds at a time.
    Nice,
    /// Gets the same share as others.
    Normal,
}

impl SchedPolicy {
    const ALL: [Self; 3] = [Self::Idle, Self::Nice, Self::Normal];

    /// Applies the policy to the calling thread, which cannot be raised again. If the system does
    /// not allow it, the thread keeps the normal priority.
    pub(crate) fn apply(self) {
        system::apply(self);
    }

    /// The policy with the next higher share, if any.
    pub(crate) fn higher(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    fn lower(self) -> Option<Self> {
        Self::ALL.get((self as usize).checked_sub(1)?).copied()
    }
}

/// Selects the policy by the CPU time that hashes get. If other threads use all cores all the time,
/// hashes of low priority would never complete; then hashes get a higher policy until cores are
/// free.
#[derive(Debug, Default)]
pub(crate) struct AdaptivePolicy {
    /// The policy of the next hash, as an index into [`SchedPolicy::ALL`].
    next: AtomicUsize,
    /// Running hashes, by policy.
    running: [AtomicUsize; SchedPolicy::ALL.len()],
}

impl AdaptivePolicy {
    /// The policy of the next hash.
    pub(crate) fn policy(&self) -> SchedPolicy {
        SchedPolicy::ALL[self.next.load(Ordering::Relaxed)]
    }

    /// A hash with this policy gets no CPU time: the next hash gets a higher policy.
    pub(crate) fn report_starved(&self, manner: SchedPolicy) {
        if let Some(higher) = manner.higher() {
            self.change(manner, higher);
        }
    }

    /// Counts a hash with this policy until it ends.
    pub(crate) fn running(self: &Arc<Self>, manner: SchedPolicy) -> Running {
        self.running[manner as usize].fetch_add(1, Ordering::Relaxed);
        Running(Arc::clone(self), manner)
    }

    /// Records how long a hash with this policy took and how much CPU time it used.
    fn record(&self, manner: SchedPolicy, took: Duration, used: Duration) {
        if used < took / 4 {
            self.report_starved(manner);
        } else if used > took / 2
            && let Some(lower) = manner.lower()
            // Otherwise more hashes would join a starved one.
            && self.running[lower as usize].load(Ordering::Relaxed) == 0
        {
            self.change(manner, lower);
        }
    }

    /// Does nothing if another hash changed the policy already.
    fn change(&self, from: SchedPolicy, to: SchedPolicy) {
        let (from, to) = (from as usize, to as usize);
        let _ = self
            .next
            .compare_exchange(from, to, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// A running hash.
pub(crate) struct Running(Arc<AdaptivePolicy>, SchedPolicy);

impl Running {
    /// Hashes on the calling thread and records the CPU time.
    pub(crate) fn run_measured<T>(&self, progress: &Progress, hash: impl FnOnce() -> T) -> T {
        let (begun, used) = (Instant::now(), system::cpu_time());
        let _ = progress.thread.set((system::thread(), used));
        let done = hash();
        let used = system::cpu_time().saturating_sub(used);
        self.0.record(self.1, begun.elapsed(), used);
        done
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running[self.1 as usize].fetch_sub(1, Ordering::Relaxed);
    }
}

/// The progress of a hash on another thread.
#[derive(Debug)]
pub(crate) struct Progress {
    asked: Instant,
    /// The thread, and its CPU time before the hash; empty until the system runs the thread.
    thread: OnceLock<(system::Thread, Duration)>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            asked: Instant::now(),
            thread: OnceLock::new(),
        }
    }
}

impl Progress {
    /// Whether it got less than a quarter of a core since it was requested.
    pub(crate) fn is_starved(&self) -> bool {
        let used = match self.thread.get() {
            Some((thread, before)) => system::cpu_time_of(*thread).saturating_sub(*before),
            None => Duration::ZERO,
        };
        used < self.asked.elapsed() / 4
    }
}

#[cfg(test)]
pub(in crate::auth) use system::cpu_time;

#[cfg(target_os = "linux")]
mod system {
    use super::SchedPolicy;
    use rustix::process::setpriority_process;
    use rustix::thread::{Pid, gettid};
    use rustix::time::{ClockId, clock_gettime};
    use std::time::Duration;
    use thread_priority::ThreadPriority;
    use thread_priority::unix::{
        NormalThreadSchedulePolicy, ThreadSchedulePolicy, set_thread_priority_and_policy,
        thread_native_id,
    };

    pub(crate) type Thread = Pid;

    /// A nice value, as for `setpriority(2)`.
    pub(crate) const NICE: i32 = 10;

    /// On Linux this changes the calling thread only.
    pub(crate) fn apply(manner: SchedPolicy) {
        let last = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        let _ = match manner {
            SchedPolicy::Idle => {
                let own = thread_native_id();
                set_thread_priority_and_policy(own, ThreadPriority::Min, last).is_ok()
            }
            SchedPolicy::Nice => setpriority_process(None, NICE).is_ok(),
            SchedPolicy::Normal => true,
        };
    }

    pub(crate) fn thread() -> Thread {
        gettid()
    }

    /// The CPU time of the calling thread.
    pub(in crate::auth) fn cpu_time() -> Duration {
        let had = clock_gettime(ClockId::ThreadCPUTime);
        Duration::try_from(had).unwrap_or_default()
    }

    /// The CPU time of another thread of this process; zero if the system does not report it, so
    /// that a hash starts twice rather than never.
    pub(crate) fn cpu_time_of(thread: Thread) -> Duration {
        let path = format!("/proc/self/task/{thread}/schedstat");
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let nanos = text.split(' ').next().and_then(|word| word.parse().ok());
        Duration::from_nanos(nanos.unwrap_or_default())
    }
}

/// On this system all threads have the same priority, so no hash starves.
#[cfg(not(target_os = "linux"))]
mod system {
    use super::Manner;
    use std::time::Duration;

    pub(crate) type Thread = ();

    pub(crate) fn apply(_: Manner) {}

    pub(crate) fn thread() -> Thread {}

    pub(in crate::auth) fn cpu_time() -> Duration {
        Duration::ZERO
    }

    pub(crate) fn cpu_time_of((): Thread) -> Duration {
        Duration::MAX
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
