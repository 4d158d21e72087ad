//! A step of `cargo xtask test`: `cargo xtask dev` is started for real and ended in every way there
//! is, and each time nothing of it may be left.

mod process_tree;

use crate::args::Flags;
use crate::child_guard;
use crate::probe;
use crate::supervisor::{Event, Interrupted, Supervisor};
use crate::workspace::Workspace;
use anyhow::{Context, bail};
use process_tree::ProcessInfo;
use rustix::process::{Pid, Signal, kill_process};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::time::{Duration, Instant};

/// How `cargo xtask test` calls it; it is not for people.
pub const VERB: &str = "shutdown-test";

/// Everything is built by then, or nearly.
const START: Duration = Duration::from_mins(20);
/// Longer than the guard waits before it kills.
const STOP: Duration = Duration::from_secs(30);
const TICK: Duration = Duration::from_millis(100);

/// Whom a signal hits, which, and what `dev` must answer with where it can answer.
struct KillCase {
    name: &'static str,
    victim: fn(&ProcessInfo) -> bool,
    signal: Signal,
    code: Option<i32>,
}

const KILL_CASES: [KillCase; 4] = [
    KillCase {
        name: "Ctrl-C",
        victim: ProcessInfo::is_dev,
        signal: Signal::INT,
        code: Some(130),
    },
    KillCase {
        name: "SIGKILL for xtask itself",
        victim: ProcessInfo::is_dev,
        signal: Signal::KILL,
        code: None,
    },
    KillCase {
        name: "the API dies",
        victim: ProcessInfo::is_api,
        signal: Signal::KILL,
        code: Some(1),
    },
    KillCase {
        name: "trunk dies",
        victim: ProcessInfo::is_trunk,
        signal: Signal::KILL,
        code: Some(1),
    },
];

/// The hidden verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    Flags::parse(args, &[], &[])?;
    let stage = TestDev {
        supervisor: Supervisor::new()?,
        database: Workspace::locate()?
            .scratch("shutdown-test")?
            .join("dev.db"),
    };
    for blow in &KILL_CASES {
        stage.run(blow).context(blow.name)?;
        println!("{}: nothing is left", blow.name);
    }
    Ok(ExitCode::SUCCESS)
}

struct TestDev {
    supervisor: Supervisor,
    /// Not the one that a person works with.
    database: std::path::PathBuf,
}

impl TestDev {
    fn run(&self, blow: &KillCase) -> anyhow::Result<()> {
        let ports = probe::two_free_ports()?;
        let mut dev = self.start(ports)?;
        self.wait_until_up(&mut dev, ports)?;
        let everyone = process_tree::of(dev.id())?;
        let victim = everyone.iter().find(|one| (blow.victim)(one));
        let victim = victim.context("the one to hit does not run")?;
        kill_process(Pid::from_raw(victim.pid).context("no pid")?, blow.signal)?;

        let status = self.wait_for(&mut dev, STOP)?;
        if blow.code.is_some() && status.code() != blow.code {
            bail!("dev ended with {status}");
        }
        self.wait_until(STOP, || {
            let mut left = everyone.iter().filter(|one| one.still_runs());
            match left.next() {
                Some(one) => Ok(Some(format!("still runs: {}", one.line))),
                None => Ok(None),
            }
        })?;
        if !(probe::is_free(ports.0) && probe::is_free(ports.1)) {
            bail!("a port is still taken");
        }
        Ok(())
    }

    fn start(&self, (port, api_port): (u16, u16)) -> anyhow::Result<Child> {
        let mut dev = Command::new(child_guard::this_program());
        dev.args(["dev", "--no-open"])
            .args(["--port", &port.to_string()])
            .args(["--api-port", &api_port.to_string()])
            .env(
                "DATABASE_URL",
                format!("sqlite://{}", self.database.display()),
            );
        dev.spawn().context("cannot start dev")
    }

    fn wait_until_up(&self, dev: &mut Child, (port, _): (u16, u16)) -> anyhow::Result<()> {
        self.wait_until(START, || {
            if let Some(status) = dev.try_wait()? {
                bail!("dev ended with {status}");
            }
            let is_up = ["/", "/readyz"]
                .iter()
                .all(|path| probe::status(port, path) == Some(200));
            Ok((!is_up).then(|| "the app does not answer".to_owned()))
        })
    }

    fn wait_for(&self, dev: &mut Child, limit: Duration) -> anyhow::Result<ExitStatus> {
        let mut status = None;
        self.wait_until(limit, || {
            status = dev.try_wait()?;
            Ok(status.is_none().then(|| "dev still runs".to_owned()))
        })?;
        status.context("dev still runs")
    }

    /// Until nothing is `missing` any more.
    fn wait_until(
        &self,
        limit: Duration,
        mut missing: impl FnMut() -> anyhow::Result<Option<String>>,
    ) -> anyhow::Result<()> {
        let end = Instant::now() + limit;
        while let Some(why) = missing()? {
            if Instant::now() > end {
                bail!("{why}");
            }
            if let Some(Event::Signal(signal)) = self.supervisor.next(TICK) {
                return Err(Interrupted(signal).into());
            }
        }
        Ok(())
    }
}
