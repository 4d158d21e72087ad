//! `cargo xtask openapi`: the spec that the API's code generates is committed, and checked.

use crate::args::Flags;
use crate::child_guard;
use crate::supervisor::Supervisor;
use crate::workspace::Workspace;
use anyhow::{Context, bail};
use std::fs;
use std::process::{Command, ExitCode};

const FILE: &str = "openapi.json";

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--check"], &[])?;
    let workspace = Workspace::locate()?;
    let generated = generate(&Supervisor::new()?, &workspace)?;
    let path = workspace.root.join(FILE);
    if !flags.has("--check") {
        fs::write(&path, generated).with_context(|| format!("cannot write {FILE}"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    match difference(&committed, &generated) {
        None => Ok(ExitCode::SUCCESS),
        Some(where_and_what) => {
            bail!(
                "{FILE} is not what the code says: {where_and_what}\n`cargo xtask openapi` writes it again"
            )
        }
    }
}

fn generate(supervisor: &Supervisor, workspace: &Workspace) -> anyhow::Result<String> {
    let build = child_guard::cargo(&["build", "--quiet", "--package", "api"]);
    supervisor.run_checked("building the API", build)?;
    let output = Command::new(workspace.api("debug"))
        .arg("openapi")
        .output()
        .context("cannot run the API's program")?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        bail!("`api openapi` failed: {}", why.trim());
    }
    let spec = String::from_utf8(output.stdout).context("the spec is not UTF-8")?;
    Ok(spec.trim_end().to_owned() + "\n")
}

/// The first line that differs, as it is and as it should be.
fn difference(committed: &str, generated: &str) -> Option<String> {
    if committed == generated {
        return None;
    }
    let (mut left, mut right) = (committed.lines(), generated.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (left.next(), right.next()) {
            (None, None) => return Some(format!("line {number} ends differently")),
            (is, should) if is == should => {}
            (is, should) => {
                let shown = |line: Option<&str>| line.unwrap_or("(nothing)").trim().to_owned();
                return Some(format!(
                    "line {number}\n  is      {}\n  becomes {}",
                    shown(is),
                    shown(should)
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        let text = difference("a\nb\nc\n", "a\nx\nc\n").expect("BUG: they differ");
        assert_eq!(text, "line 2\n  is      b\n  becomes x");
        let text = difference("", "a\n").expect("BUG: they differ");
        assert_eq!(text, "line 1\n  is      (nothing)\n  becomes a");
        assert!(difference("a", "a\n").is_some());
    }
}
