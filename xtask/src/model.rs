//! `cargo xtask model`: the proof of the protocol, world by world.

use crate::args::Flags;
use crate::crew::Crew;
use crate::leash;
use std::process::ExitCode;

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--deep"], &[])?;
    let crew = Crew::muster()?;
    let mut explore = leash::cargo(&["run", "--quiet", "--release", "-p", "model", "--"]);
    if flags.has("--deep") {
        explore.arg("--deep");
    }
    crew.must("the proof of the protocol", explore)?;
    Ok(ExitCode::SUCCESS)
}
