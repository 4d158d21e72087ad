//! Honest browsers that go on all the time.

use crate::tab::{Answer, Tab};
use crate::wait::a_moment;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

const PEOPLE: usize = 4;
const TIMEOUT: Duration = Duration::from_secs(30);

/// People who are signed in, and do nothing but refresh and call.
pub struct Crowd {
    tabs: Vec<Tab>,
    address: String,
}

/// What is seen of the crowd while something happens.
pub struct Sight {
    refreshed: Mutex<u64>,
    progress: Condvar,
    unanswered: Mutex<Vec<String>>,
    over: AtomicBool,
}

impl Crowd {
    /// Behind that proxy.
    pub fn at(address: &str) -> Self {
        let tabs = (0..PEOPLE).map(|number| Tab::registers(address, &format!("person-{number}")));
        Self {
            tabs: tabs.collect(),
            address: address.to_owned(),
        }
    }

    /// Goes on while that happens; whoever hears that they are signed out fails the story. Says
    /// what went without a good answer and had to be asked again.
    pub fn goes_on_while(&mut self, happens: impl FnOnce(&Sight)) -> Vec<String> {
        let sight = Sight {
            refreshed: Mutex::new(0),
            progress: Condvar::new(),
            unanswered: Mutex::default(),
            over: AtomicBool::new(false),
        };
        let address = &self.address;
        thread::scope(|scope| {
            for tab in &mut self.tabs {
                let sight = &sight;
                scope.spawn(move || {
                    while !sight.over.load(Ordering::Relaxed) {
                        if sight.heard("refresh", tab.refreshes(address)) {
                            *sight.refreshed.lock().unwrap() += 1;
                            sight.progress.notify_all();
                        }
                        sight.heard("call", tab.calls(address));
                        a_moment();
                    }
                });
            }
            let _end = Over(&sight.over);
            sight.sees_progress();
            happens(&sight);
            sight.sees_progress();
        });
        for tab in &mut self.tabs {
            tab.lives(address);
        }
        sight.unanswered.into_inner().unwrap()
    }
}

/// The crowd stops also where the story fails.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Sight {
    /// Everybody has refreshed a few times from now on.
    #[track_caller]
    pub fn sees_progress(&self) {
        let refreshed = self.refreshed.lock().unwrap();
        let goal = *refreshed + 10 * PEOPLE as u64;
        let waited = self
            .progress
            .wait_timeout_while(refreshed, TIMEOUT, |refreshed| *refreshed < goal);
        assert!(!waited.unwrap().1.timed_out(), "the crowd stands still");
    }

    /// Whether it was a good answer. None at all, or one that says "later", is asked for again.
    fn heard(&self, what: &str, answer: Option<Answer>) -> bool {
        let later = match answer {
            Some(answer) if answer.status == 200 => return true,
            Some(answer) if matches!(answer.status, 502..=504) => format!("{what}: {answer:?}"),
            Some(answer) => panic!("signed out: {what}: {answer:?}"),
            None => format!("{what}: no answer"),
        };
        self.unanswered.lock().unwrap().push(later);
        false
    }
}
