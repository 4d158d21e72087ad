//! A step of `cargo xtask test`: what README shows in full is applied to a copy of the checkout, and
//! the copy compiles.

mod patch;

use crate::args::Flags;
use crate::child_guard;
use crate::supervisor::Supervisor;
use crate::workspace::{self, Workspace};
use anyhow::{Context, ensure};
use patch::{Change, changes};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// How `cargo xtask test` calls it; it is not for people.
pub const VERB: &str = "readme-check";

/// What a reader could break.
const CHECK: [&str; 8] = ["check", "--quiet", "-p", "api", "-p", "client", "-p", "web"];

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    Flags::parse(args, &[], &[])?;
    let workspace = Workspace::locate()?;
    let supervisor = Supervisor::new()?;
    let copy = workspace.scratch("readme-check")?;
    copy_checkout(&workspace.root, &copy)?;
    let page = fs::read_to_string(copy.join("README.md"))?;
    let changes = changes(&page);
    ensure!(!changes.is_empty(), "README.md shows no example");
    for change in &changes {
        apply(&copy, change)?;
    }
    let mut check = child_guard::cargo(&CHECK);
    // The dependencies are there already.
    check
        .current_dir(&copy)
        .env("CARGO_TARGET_DIR", &workspace.target);
    supervisor.run_checked("compiling what README.md shows", check)?;
    println!("{} examples of README.md compile", changes.len());
    Ok(ExitCode::SUCCESS)
}

/// What git knows of, as it stands now.
fn copy_checkout(from: &Path, to: &Path) -> anyhow::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    for file in workspace::files(from)? {
        let (source, target) = (from.join(&file), to.join(&file));
        // A file that git knows may have been deleted since.
        if source.is_file() {
            fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

fn apply(copy: &Path, change: &Change<'_>) -> anyhow::Result<()> {
    let path = copy.join(change.file);
    if let Some(line) = change.after {
        let before = fs::read_to_string(&path)
            .with_context(|| format!("README.md changes {}, which is not there", change.file))?;
        let after = change.insert(&before, line);
        ensure!(
            after != before,
            "README.md: there is no line `{line}` in {}",
            change.file
        );
        fs::write(path, after)?;
    } else {
        ensure!(
            !path.exists(),
            "README.md: {} is there already",
            change.file
        );
        fs::write(path, change.code)?;
    }
    Ok(())
}
