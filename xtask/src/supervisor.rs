//! The children of a verb, each under a child guard, and the signals that end them all.

use anyhow::{Context, bail};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::process::{ChildStdin, Command, ExitStatus};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Far beyond what anything takes on the slowest machine; what hangs must not hang us.
pub const LIMIT: Duration = Duration::from_hours(1);

/// We were told to stop by this signal.
#[derive(Debug)]
pub struct Interrupted(pub i32);

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stopped by signal {}", self.0)
    }
}

impl std::error::Error for Interrupted {}

/// What a verb waits for.
#[derive(Debug)]
pub enum Event {
    Signal(i32),
    /// The member with this number ended, by itself or because it was let go.
    Ended(u32, ExitStatus),
}

/// Starts children and hears of their ends.
pub struct Supervisor {
    tell: Sender<Event>,
    heard: Receiver<Event>,
    /// Ends of other members that came while one was waited for.
    put_off: RefCell<VecDeque<Event>>,
}

/// One running child; dropping it stops it and waits until it is gone.
pub struct ChildHandle {
    pub number: u32,
    lifeline: Option<ChildStdin>,
    waiter: Option<JoinHandle<()>>,
}

impl ChildHandle {
    /// Lets go, and does not wait.
    pub fn terminate(&mut self) {
        drop(self.lifeline.take());
    }

    /// Lets go and returns when the child and all it started are gone.
    pub fn stop(&mut self) {
        self.terminate();
        if let Some(waiter) = self.waiter.take() {
            let _ = waiter.join();
        }
    }
}

impl Drop for ChildHandle {
    fn drop(&mut self) {
        self.stop();
    }
}

/// How a child that was waited for came to its end.
#[derive(Debug, PartialEq, Eq)]
pub enum RunOutcome {
    Status(ExitStatus),
    TimedOut,
}

impl RunOutcome {
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Status(status) if status.success())
    }
}

impl fmt::Display for RunOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::TimedOut => f.write_str("took too long and was stopped"),
        }
    }
}

impl Supervisor {
    /// From here on SIGINT, SIGTERM and SIGHUP are events and end nothing by themselves.
    pub fn new() -> anyhow::Result<Self> {
        let (tell, heard) = channel();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let signalled = tell.clone();
        thread::spawn(move || {
            for signal in signals.forever() {
                if signalled.send(Event::Signal(signal)).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            tell,
            heard,
            put_off: RefCell::default(),
        })
    }

    /// Starts a command that `child_guard::command` made.
    pub fn start(&self, mut command: Command) -> anyhow::Result<ChildHandle> {
        let mut child = command.spawn().context("cannot start another xtask")?;
        let number = child.id();
        let lifeline = child.stdin.take();
        let tell = self.tell.clone();
        let waiter = thread::spawn(move || {
            let status = child.wait().expect("BUG: only this thread waits for it");
            let _ = tell.send(Event::Ended(number, status));
        });
        Ok(ChildHandle {
            number,
            lifeline,
            waiter: Some(waiter),
        })
    }

    /// The next event, if one comes within `patience`.
    pub fn next(&self, patience: Duration) -> Option<Event> {
        let put_off = self.put_off.borrow_mut().pop_front();
        put_off.or_else(|| self.heard.recv_timeout(patience).ok())
    }

    /// Runs a command that must succeed; `what` it does is said when it does not.
    pub fn run_checked(&self, what: &str, command: Command) -> anyhow::Result<()> {
        let ending = self.run(command, LIMIT)?;
        if !ending.is_success() {
            bail!("{what} failed: {ending}");
        }
        Ok(())
    }

    /// Runs a command to its end. Told to stop meanwhile, it stops it and says so.
    pub fn run(&self, command: Command, limit: Duration) -> anyhow::Result<RunOutcome> {
        let member = self.start(command)?;
        let end = Instant::now() + limit;
        loop {
            let patience = end.saturating_duration_since(Instant::now());
            match self.heard.recv_timeout(patience) {
                Ok(Event::Ended(number, status)) if number == member.number => {
                    return Ok(RunOutcome::Status(status));
                }
                Ok(other @ Event::Ended(..)) => self.put_off.borrow_mut().push_back(other),
                Ok(Event::Signal(signal)) => return Err(Interrupted(signal).into()),
                Err(_) => return Ok(RunOutcome::TimedOut),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The guard itself is another program; `tests/child_guard.rs` runs that one.
    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command
            .args(["-c", script])
            .stdin(std::process::Stdio::piped());
        command
    }

    #[test]
    fn a_command_is_run_to_its_end() {
        let supervisor = Supervisor::new().expect("BUG: signals can be heard");
        let ending = supervisor.run(shell("exit 3"), Duration::from_secs(20));
        let Ok(RunOutcome::Status(status)) = ending else {
            panic!("{ending:?}");
        };
        assert_eq!(status.code(), Some(3));
    }

    #[test]
    fn an_end_that_comes_while_another_is_waited_for_is_heard_later() {
        let supervisor = Supervisor::new().expect("BUG: signals can be heard");
        let short = supervisor
            .start(shell("exit 0"))
            .expect("BUG: there is a shell");
        let long = supervisor.run(shell("sleep 0.3"), Duration::from_secs(20));
        assert!(long.expect("BUG: there is a shell").is_success());
        let event = supervisor.next(Duration::from_secs(20));
        assert!(matches!(event, Some(Event::Ended(number, _)) if number == short.number));
    }

    #[test]
    fn what_takes_too_long_is_let_go_and_waited_for() {
        let supervisor = Supervisor::new().expect("BUG: signals can be heard");
        let began = Instant::now();
        // `cat` ends as soon as its standard input is dropped.
        let ending = supervisor.run(shell("exec cat"), Duration::from_millis(50));
        assert_eq!(ending.expect("BUG: cat can be run"), RunOutcome::TimedOut);
        assert!(began.elapsed() < Duration::from_secs(20));
    }
}
