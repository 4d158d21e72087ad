//! How a hash lets others go first: it takes its milliseconds whenever they come, and a call is
//! answered in less than one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// How a thread that hashes stands beside others that want the same core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchedPolicy {
    /// It gets what nobody else wants, and is sent away the moment somebody does (`SCHED_IDLE`).
    Idle,
    /// It gets a tenth of what others get, and up to some milliseconds at once.
    Nice,
    /// It gets what others get.
    Normal,
}

impl SchedPolicy {
    const ALL: [Self; 3] = [Self::Idle, Self::Nice, Self::Normal];

    /// The calling thread stands so from now on; it cannot be moved up again. Where it is not
    /// allowed, all take turns.
    pub(crate) fn apply(self) {
        system::apply(self);
    }

    /// The one that gets more of a core, if any.
    pub(crate) fn higher(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    fn lower(self) -> Option<Self> {
        Self::ALL.get((self as usize).checked_sub(1)?).copied()
    }
}

/// What was learnt of how much of a core there is for hashes. Where others want all cores all the
/// time, nobody could sign in behind them: then hashes stand higher until there is room again.
#[derive(Debug, Default)]
pub(crate) struct AdaptivePolicy {
    /// How the next hash stands, by its place in [`SchedPolicy::ALL`].
    next: AtomicUsize,
    /// Hashes that have not come to an end, by manner.
    running: [AtomicUsize; SchedPolicy::ALL.len()],
}

impl AdaptivePolicy {
    /// How the next hash is to stand.
    pub(crate) fn policy(&self) -> SchedPolicy {
        SchedPolicy::ALL[self.next.load(Ordering::Relaxed)]
    }

    /// A hash at that manner gets no core: the next one stands higher.
    pub(crate) fn report_starved(&self, manner: SchedPolicy) {
        if let Some(higher) = manner.higher() {
            self.change(manner, higher);
        }
    }

    /// Counts a hash of that manner until it ends.
    pub(crate) fn running(self: &Arc<Self>, manner: SchedPolicy) -> Running {
        self.running[manner as usize].fetch_add(1, Ordering::Relaxed);
        Running(Arc::clone(self), manner)
    }

    /// A hash of that manner took that long and had a core for so much of it.
    fn record(&self, manner: SchedPolicy, took: Duration, used: Duration) {
        if used < took / 4 {
            self.report_starved(manner);
        } else if used > took / 2
            && let Some(lower) = manner.lower()
            // One that was left behind there would be joined by more.
            && self.running[lower as usize].load(Ordering::Relaxed) == 0
        {
            self.change(manner, lower);
        }
    }

    /// Unless that was learnt from another hash already.
    fn change(&self, from: SchedPolicy, to: SchedPolicy) {
        let (from, to) = (from as usize, to as usize);
        let _ = self
            .next
            .compare_exchange(from, to, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// A hash, until it ends.
pub(crate) struct Running(Arc<AdaptivePolicy>, SchedPolicy);

impl Running {
    /// Hashes on this thread, and learns from it.
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

/// How far a hash has come on another thread.
#[derive(Debug)]
pub(crate) struct Progress {
    asked: Instant,
    /// Which thread it is on, and how much of a core that had before; none yet where the system did
    /// not let it begin.
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
    /// Whether it had less than a quarter of a core since it was asked for.
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

    /// As `setpriority(2)` counts.
    pub(crate) const NICE: i32 = 10;

    /// On Linux this is about the calling thread alone.
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

    /// How much of a core this thread has had.
    pub(in crate::auth) fn cpu_time() -> Duration {
        let had = clock_gettime(ClockId::ThreadCPUTime);
        Duration::try_from(had).unwrap_or_default()
    }

    /// How much of a core that thread of this process has had; nothing where the system does not say,
    /// so that a hash starts twice rather than never.
    pub(crate) fn cpu_time_of(thread: Thread) -> Duration {
        let path = format!("/proc/self/task/{thread}/schedstat");
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let nanos = text.split(' ').next().and_then(|word| word.parse().ok());
        Duration::from_nanos(nanos.unwrap_or_default())
    }
}

/// Here all threads take turns, so that no hash starves behind others.
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
