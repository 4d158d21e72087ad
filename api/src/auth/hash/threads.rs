//! Threads for hashes, kept from one to the next: while the system makes a thread and clears it
//! away, others wait for their core.

use super::manners::Manner;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::{io, thread};

/// What is to be done, and what is let go of when the thread is free for the next.
struct Job {
    work: Box<dyn FnOnce() + Send>,
    held: Box<dyn Send>,
    /// The way to this thread; only who waits for the next job has one, so the thread ends with
    /// them.
    own: Sender<Job>,
}

/// Those that wait for a job. As many are made as ever worked at once, of each manner.
#[derive(Default)]
pub(super) struct Threads {
    free: Mutex<Vec<(Manner, Sender<Job>)>>,
}

impl Threads {
    /// Does that on a thread of that manner, and lets go of what is held when it is done.
    ///
    /// # Errors
    /// Where the system makes no more threads.
    pub(super) fn run(
        self: &Arc<Self>,
        manner: Manner,
        work: impl FnOnce() + Send + 'static,
        held: impl Send + 'static,
    ) -> io::Result<()> {
        let way = match self.take(manner) {
            Some(way) => way,
            None => begin(manner, Arc::downgrade(self))?,
        };
        let job = Job {
            work: Box::new(work),
            held: Box::new(held),
            own: way.clone(),
        };
        way.send(job)
            .map_err(|_| io::Error::other("the thread is gone"))
    }

    fn take(&self, manner: Manner) -> Option<Sender<Job>> {
        let mut free = self.free();
        let place = free.iter().position(|(of, _)| *of == manner)?;
        Some(free.swap_remove(place).1)
    }

    fn free(&self) -> MutexGuard<'_, Vec<(Manner, Sender<Job>)>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn begin(manner: Manner, home: Weak<Threads>) -> io::Result<Sender<Job>> {
    let (way, jobs) = channel();
    let name = "hash".to_owned();
    thread::Builder::new()
        .name(name)
        .spawn(move || serve(manner, &jobs, &home))?;
    Ok(way)
}

fn serve(manner: Manner, jobs: &Receiver<Job>, home: &Weak<Threads>) {
    manner.take();
    while let Ok(job) = jobs.recv() {
        (job.work)();
        if let Some(home) = home.upgrade() {
            home.free().push((manner, job.own));
        }
        // Not before: who comes next finds this thread.
        drop(job.held);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::ThreadId;

    fn works(threads: &Arc<Threads>, manner: Manner) -> ThreadId {
        let (tell, told) = channel();
        let (held, done) = channel::<()>();
        let work = move || tell.send(thread::current().id()).expect("it is heard");
        threads.run(manner, work, held).expect("there are threads");
        assert!(done.recv().is_err(), "it is let go of");
        told.recv().expect("it is told")
    }

    #[test]
    fn each_manner_has_threads_of_its_own_and_they_are_used_again() {
        let threads = Arc::new(Threads::default());
        let last = works(&threads, Manner::Last);
        let polite = works(&threads, Manner::Polite);
        assert_ne!(last, polite);
        assert_eq!(works(&threads, Manner::Last), last);
        assert_eq!(works(&threads, Manner::Polite), polite);
    }

    #[test]
    fn a_thread_whose_work_panics_is_not_used_again_and_what_it_held_is_let_go_of() {
        let threads = Arc::new(Threads::default());
        let (held, done) = channel::<()>();
        let work = || panic!("as it was told");
        threads
            .run(Manner::Last, work, held)
            .expect("there are threads");
        assert!(done.recv().is_err(), "it is let go of");
        works(&threads, Manner::Last);
    }

    #[test]
    fn threads_end_with_whom_they_work_for() {
        let threads = Arc::new(Threads::default());
        works(&threads, Manner::Last);
        let (way, jobs) = channel::<Job>();
        // What a thread of it would wait for.
        threads.free().push((Manner::Last, way));
        drop(threads);
        assert!(jobs.recv().is_err());
    }
}
