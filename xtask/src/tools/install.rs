//! Installs a tool from source into the cache, whole or not at all.

use super::{Tool, cache, is_in};
use crate::child_guard;
use crate::supervisor::{Event, Interrupted, Supervisor};
use anyhow::Context;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A tool's own speed matters little and its size not at all; ours to wait for its build does.
const LIGHT_PROFILE: [(&str, &str); 5] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_STRIP", "true"),
];

/// The cached tool's folder of programs, if it is there.
pub fn cached(tool: &Tool) -> Option<PathBuf> {
    let programs = home(tool).ok()?.join("bin");
    is_in(&programs, tool).then_some(programs)
}

fn home(tool: &Tool) -> anyhow::Result<PathBuf> {
    Ok(cache()?.join(format!("{}-{}", tool.programs[0], tool.version)))
}

/// The cached tool's folder of programs, after installing it if it is not there.
pub fn folder_of(tool: &Tool, supervisor: &Supervisor) -> anyhow::Result<PathBuf> {
    if let Some(programs) = cached(tool) {
        return Ok(programs);
    }
    let (cache, home) = (cache()?, home(tool)?);
    fs::create_dir_all(&cache).with_context(|| format!("cannot make {}", cache.display()))?;
    let beside = |what| cache.join(format!(".{}-{}.{what}", tool.programs[0], tool.version));
    let _alone = lock(&beside("lock"), tool, supervisor)?;
    // Another clone may have installed it while we waited.
    if cached(tool).is_none() {
        let partial = beside("partial");
        build(tool, &partial, supervisor)?;
        publish(&partial, &home)?;
    }
    Ok(home.join("bin"))
}

/// Held until dropped; the kernel lets go of it when we die.
fn lock(path: &Path, tool: &Tool, supervisor: &Supervisor) -> anyhow::Result<File> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut told = false;
    while file.try_lock().is_err() {
        if !told {
            eprintln!("another clone is installing {}; waiting", tool.package);
            told = true;
        }
        // A wait inside the kernel would not hear Ctrl-C.
        if let Some(Event::Signal(signal)) = supervisor.next(Duration::from_millis(200)) {
            return Err(Interrupted(signal).into());
        }
    }
    Ok(file)
}

fn build(tool: &Tool, partial: &Path, supervisor: &Supervisor) -> anyhow::Result<()> {
    eprintln!(
        "installing {} {} into the cache; once, about {} minutes on two cores",
        tool.package, tool.version, tool.minutes
    );
    let what = format!("installing {} {}", tool.package, tool.version);
    supervisor.run_checked(&what, cargo_install(tool, partial))
}

/// A cut build is taken up where it stopped: its target folder stays until the tool is whole.
fn cargo_install(tool: &Tool, partial: &Path) -> Command {
    let mut install = child_guard::cargo(&["install", "--locked", "--force", tool.package]);
    install
        .args(["--version", &tool.version])
        .arg("--root")
        .arg(partial)
        .envs(LIGHT_PROFILE)
        .env("CARGO_TARGET_DIR", partial.join("target"))
        // What a person sets for their own builds would only make this one differ.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET");
    install
}

/// Only the rename makes it an installed tool.
fn publish(partial: &Path, home: &Path) -> anyhow::Result<()> {
    fs::remove_dir_all(partial.join("target"))?;
    if home.exists() {
        fs::remove_dir_all(home)?;
    }
    fs::rename(partial, home).with_context(|| format!("cannot make {}", home.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishing_replaces_a_broken_tool_and_drops_the_build() {
        let cache = tempfile::tempdir().expect("BUG: there is a temporary folder");
        let (partial, home) = (cache.path().join(".t.partial"), cache.path().join("t"));
        for folder in [partial.join("target"), partial.join("bin"), home.clone()] {
            fs::create_dir_all(folder).expect("BUG: it is ours to write");
        }
        fs::write(home.join("broken"), "").expect("BUG: it is ours to write");
        publish(&partial, &home).expect("BUG: all is there");
        assert!(home.join("bin").is_dir());
        assert!(!home.join("target").exists() && !home.join("broken").exists());
        assert!(!partial.exists());
    }

    #[test]
    fn two_clones_do_not_install_at_once() {
        let cache = tempfile::tempdir().expect("BUG: there is a temporary folder");
        let path = cache.path().join(".t.lock");
        let tool = Tool {
            package: "t",
            version: String::new(),
            programs: &["t"],
            minutes: 1,
        };
        let supervisor = Supervisor::new().expect("BUG: signals can be heard");
        let held = lock(&path, &tool, &supervisor).expect("BUG: nobody holds it");
        let second = File::create(&path).expect("BUG: it is ours to write");
        assert!(second.try_lock().is_err());
        drop(held);
        assert!(second.try_lock().is_ok());
    }
}
