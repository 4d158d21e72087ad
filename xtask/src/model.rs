//! `cargo xtask model`: the proof of the protocol, world by world.

use crate::args::Flags;
use crate::child_guard;
use crate::supervisor::Supervisor;
use std::process::ExitCode;

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--deep"], &[])?;
    let supervisor = Supervisor::new()?;
    let mut explore = child_guard::cargo(&["run", "--quiet", "--release", "-p", "model", "--"]);
    if flags.has("--deep") {
        explore.arg("--deep");
    }
    supervisor.run_checked("the proof of the protocol", explore)?;
    Ok(ExitCode::SUCCESS)
}
