//! Holds a child so that it cannot outlive us.
//!
//! `xtask guard -- program args..` runs the program in a process group of its own and reads its own
//! standard input, a pipe whose other end is ours. Letting go of that end stops the whole group:
//! SIGTERM, a bounded wait, SIGKILL. The kernel lets go for us when xtask dies in any way, SIGKILL
//! included, so stopping and crashing are one path, and it needs no unsafe code.
//! What the program leaves behind in its group when it ends by itself is swept up too.

use crate::args::Usage;
use crate::workspace;
use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How xtask calls itself to hold a child.
pub const VERB: &str = "guard";

/// From SIGTERM to SIGKILL; longer than the ten seconds that the API may take to drain.
const GRACE_TIMEOUT: Duration = Duration::from_secs(12);
/// The same for what the program left behind.
const SWEEP: Duration = Duration::from_secs(2);

/// A command that runs `program` under a child guard; dropping its standard input stops it.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(this_program());
    command
        .arg0("xtask")
        .args([VERB, "--"])
        .arg(program)
        // The terminal's Ctrl-C is for us alone: we decide in which order things end.
        .process_group(0)
        .stdin(Stdio::piped());
    command
}

/// `cargo` under a child guard, at the top level of the checkout.
pub fn cargo(args: &[&str]) -> Command {
    let mut cargo = command("cargo");
    cargo.current_dir(workspace::root()).args(args);
    cargo
}

/// On Linux this name survives a rebuild that replaces the file under us.
pub fn this_program() -> std::path::PathBuf {
    let running = std::path::PathBuf::from("/proc/self/exe");
    if running.exists() {
        return running;
    }
    std::env::current_exe().expect("BUG: a running program has a path")
}

/// Where another process finds xtask, also after a rebuild has replaced the file under us: Linux
/// then calls what still runs deleted, and the new one lies where the old one was.
pub fn stable_path() -> std::io::Result<std::path::PathBuf> {
    let path = std::env::current_exe()?;
    let replaced = path
        .to_str()
        .and_then(|path| path.strip_suffix(" (deleted)"));
    Ok(replaced.map_or(path.clone(), Into::into))
}

enum Notice {
    LetGo,
    Ended(std::io::Result<ExitStatus>),
}

/// The hidden verb: hold `-- program args..` until it ends or is let go of.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let [dashes, program, arguments @ ..] = args else {
        return Err(Usage(format!("{VERB} wants `-- program args..`")).into());
    };
    if dashes != "--" {
        return Err(Usage(format!("{VERB} wants `--`, not `{dashes}`")).into());
    }
    let (tell, heard) = channel();
    listen_for_signals(tell.clone())?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .with_context(|| format!("cannot run {program}"))?;
    let group = Pid::from_child(&child);
    let ended = tell.clone();
    thread::spawn(move || ended.send(Notice::Ended(child.wait())));
    thread::spawn(move || listen_for_release(&tell));

    let status = wait_or_kill(&heard, group)?;
    kill_group(&heard, group);
    let code = status.code().or(status.signal().map(|signal| 128 + signal));
    Ok(ExitCode::from(
        code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1),
    ))
}

fn listen_for_signals(tell: Sender<Notice>) -> anyhow::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        for _ in signals.forever() {
            if tell.send(Notice::LetGo).is_err() {
                return;
            }
        }
    });
    Ok(())
}

fn listen_for_release(tell: &Sender<Notice>) {
    // Nobody writes to this pipe: its end is all there is to read.
    let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
    let _ = tell.send(Notice::LetGo);
}

/// Waits for the child's own end, or brings it about.
fn wait_or_kill(heard: &Receiver<Notice>, group: Pid) -> anyhow::Result<ExitStatus> {
    let mut deadline: Option<Instant> = None;
    loop {
        let next = match deadline {
            None => heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(end) => heard.recv_timeout(end.saturating_duration_since(Instant::now())),
        };
        match next {
            Ok(Notice::Ended(status)) => return status.context("cannot wait for the child"),
            Ok(Notice::LetGo) if deadline.is_none() => {
                deadline = Some(Instant::now() + GRACE_TIMEOUT);
                let _ = kill_process_group(group, Signal::TERM);
            }
            Ok(Notice::LetGo) => {}
            Err(_) => {
                let _ = kill_process_group(group, Signal::KILL);
                // Only the end is left to hear, unless the kernel cannot end it either.
                deadline = Some(Instant::now() + GRACE_TIMEOUT);
            }
        }
    }
}

/// Ends what is still in the group after its leader is gone.
fn kill_group(heard: &Receiver<Notice>, group: Pid) {
    let end = Instant::now() + SWEEP;
    let is_empty = || test_kill_process_group(group).is_err();
    if is_empty() {
        return;
    }
    let _ = kill_process_group(group, Signal::TERM);
    while Instant::now() < end {
        let _ = heard.recv_timeout(Duration::from_millis(20));
        if is_empty() {
            return;
        }
    }
    let _ = kill_process_group(group, Signal::KILL);
}
