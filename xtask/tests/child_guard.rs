//! Nothing that xtask starts outlives it, however it ends. Whether something runs is read from /proc.
#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

fn guard(script: &str) -> Command {
    let mut guard = Command::new(env!("CARGO_BIN_EXE_xtask"));
    guard
        .args(["guard", "--", "sh", "-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    guard
}

/// The process ids that the script prints, one a line.
fn pids<const N: usize>(guard: &mut Child) -> [u32; N] {
    let stdout = guard.stdout.take().expect("BUG: it is piped");
    let mut lines = BufReader::new(stdout).lines();
    std::array::from_fn(|_| {
        let line = lines.next().expect("the script prints all of them");
        line.expect("it can be read")
            .parse()
            .expect("it is a number")
    })
}

/// Waits until none of the processes runs; one that is dead but not reaped does not.
#[track_caller]
fn assert_gone(pids: &[u32]) {
    let end = Instant::now() + Duration::from_secs(20);
    let (_never, tick) = channel::<()>();
    loop {
        let running: Vec<_> = pids.iter().filter(|pid| is_running(**pid)).collect();
        if running.is_empty() {
            return;
        }
        assert!(Instant::now() < end, "still running: {running:?}");
        let waited = tick.recv_timeout(Duration::from_millis(20));
        assert_eq!(waited, Err(RecvTimeoutError::Timeout));
    }
}

fn is_running(pid: u32) -> bool {
    let about = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The state follows the name in brackets (proc(5)); Z is dead and waiting to be reaped.
    about
        .rsplit_once(") ")
        .is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

#[test]
fn letting_go_ends_the_child_and_all_it_started() {
    let mut guard = guard("sleep 600 & echo $!; echo $$; wait")
        .spawn()
        .expect("it starts");
    let pids = pids::<2>(&mut guard);
    assert!(pids.iter().all(|pid| is_running(*pid)));
    drop(guard.stdin.take());
    assert_eq!(guard.wait().expect("it ends").code(), Some(128 + 15));
    assert_gone(&pids);
}

#[test]
fn a_holder_that_is_killed_leaves_nothing_behind() {
    let mut holder = Command::new("sleep")
        .arg("600")
        .stdout(Stdio::piped())
        .spawn()
        .expect("there is sleep");
    // The only end to write to is now the holder's own, as xtask's is of its children.
    let lifeline = holder.stdout.take().expect("BUG: it is piped");
    let mut guard = guard("sleep 600 & echo $!; echo $$; wait")
        .stdin(Stdio::from(lifeline))
        .spawn()
        .expect("it starts");
    let pids = pids::<2>(&mut guard);
    holder.kill().expect("it runs");
    holder.wait().expect("it ends");
    guard.wait().expect("it ends");
    assert_gone(&pids);
}

#[test]
fn what_will_not_end_is_killed() {
    let script = "trap '' TERM; echo $$; exec sleep 600";
    let mut guard = guard(script).spawn().expect("it starts");
    let pids = pids::<1>(&mut guard);
    drop(guard.stdin.take());
    assert_eq!(guard.wait().expect("it ends").code(), Some(128 + 9));
    assert_gone(&pids);
}

#[test]
fn what_is_left_behind_by_a_child_that_ended_is_swept_up() {
    let mut guard = guard("sleep 600 >/dev/null & echo $!; exit 3")
        .spawn()
        .expect("it starts");
    let pids = pids::<1>(&mut guard);
    // Waiting would let go of it first, and race the child's own end.
    let lifeline = guard.stdin.take();
    assert_eq!(guard.wait().expect("it ends").code(), Some(3));
    assert_gone(&pids);
    drop(lifeline);
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["guard", "--", "no-such-program"])
        .stdin(Stdio::piped())
        .output()
        .expect("xtask runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot run no-such-program"));
}
