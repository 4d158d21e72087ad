//! Threads for hashes, reused: creating and destroying a thread delays other threads of the core.

use super::scheduling::SchedPolicy;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{io, thread};
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// The idle threads. Per policy the pool has as many threads as ever worked at once.
#[derive(Default)]
pub(crate) struct HashThreads {
    free: Mutex<Vec<(SchedPolicy, Sender<Job>)>>,
}

impl HashThreads {
    /// Runs `work` on a thread with this policy. Drops `held` before it sends the result, so that a
    /// client that gets the result and comes again finds a free permit.
    ///
    /// # Errors
    /// If the system cannot create a thread.
    pub(crate) fn run<T: Send + 'static>(
        self: &Arc<Self>,
        manner: SchedPolicy,
        work: impl FnOnce() -> T + Send + 'static,
        held: impl Send + 'static,
    ) -> io::Result<oneshot::Receiver<T>> {
        let way = match self.take(manner) {
            Some(way) => way,
            None => spawn(manner)?,
        };
        let (tell, told) = oneshot::channel();
        // This sender is the only one, so the thread ends with the pool.
        let (home, own) = (Arc::downgrade(self), way.clone());
        let job = move || {
            let done = work();
            if let Some(home) = home.upgrade() {
                home.idle_workers().push((manner, own));
            }
            drop(held);
            // The receiver is gone if the client disconnected.
            let _ = tell.send(done);
        };
        way.send(Box::new(job))
            .map_err(|_| io::Error::other("the thread is gone"))?;
        Ok(told)
    }

    fn take(&self, manner: SchedPolicy) -> Option<Sender<Job>> {
        let mut free = self.idle_workers();
        let place = free.iter().position(|(of, _)| *of == manner)?;
        Some(free.swap_remove(place).1)
    }

    fn idle_workers(&self) -> MutexGuard<'_, Vec<(SchedPolicy, Sender<Job>)>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn spawn(manner: SchedPolicy) -> io::Result<Sender<Job>> {
    let (way, jobs) = channel();
    let name = "hash".to_owned();
    thread::Builder::new()
        .name(name)
        .spawn(move || worker_loop(manner, &jobs))?;
    Ok(way)
}

fn worker_loop(manner: SchedPolicy, jobs: &Receiver<Job>) {
    manner.apply();
    while let Ok(job) = jobs.recv() {
        job();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::ThreadId;

    fn works(threads: &Arc<HashThreads>, manner: SchedPolicy) -> ThreadId {
        let work = || thread::current().id();
        let told = threads.run(manner, work, ()).expect("there are threads");
        told.blocking_recv().expect("it is told")
    }

    #[test]
    fn each_manner_has_threads_of_its_own_and_they_are_used_again() {
        let threads = Arc::new(HashThreads::default());
        let last = works(&threads, SchedPolicy::Idle);
        let polite = works(&threads, SchedPolicy::Nice);
        assert_ne!(last, polite);
        assert_eq!(works(&threads, SchedPolicy::Idle), last);
        assert_eq!(works(&threads, SchedPolicy::Nice), polite);
    }

    #[test]
    fn what_is_held_is_let_go_of_before_it_is_told() {
        /// Records whether the result was sent already when this is dropped.
        struct Witness(Receiver<oneshot::Receiver<()>>, Sender<bool>);

        impl Drop for Witness {
            fn drop(&mut self) {
                let mut told = self.0.recv().expect("it is sent");
                let is_early = told.try_recv().is_err();
                self.1.send(is_early).expect("it is heard");
            }
        }

        let threads = Arc::new(HashThreads::default());
        let ((send, told), (say, said)) = (channel(), channel());
        let begun = threads.run(SchedPolicy::Idle, || (), Witness(told, say));
        send.send(begun.expect("there are threads"))
            .expect("it is heard");
        assert_eq!(said.recv(), Ok(true));
    }

    #[test]
    fn a_thread_whose_work_panics_is_not_used_again_and_what_it_held_is_let_go_of() {
        let threads = Arc::new(HashThreads::default());
        let (held, gone) = channel::<()>();
        let work = || panic!("as it was told");
        let told: io::Result<oneshot::Receiver<()>> = threads.run(SchedPolicy::Idle, work, held);
        let told = told.expect("there are threads").blocking_recv();
        assert!(told.is_err(), "there is nothing to tell");
        assert!(gone.recv().is_err(), "it is let go of");
        works(&threads, SchedPolicy::Idle);
    }

    #[test]
    fn threads_end_with_whom_they_work_for() {
        let threads = Arc::new(HashThreads::default());
        works(&threads, SchedPolicy::Idle);
        let (way, jobs) = channel::<Job>();
        // What a thread of the pool would wait for.
        threads.idle_workers().push((SchedPolicy::Idle, way));
        drop(threads);
        assert!(jobs.recv().is_err());
    }
}
