//! One image in the place of PostgreSQL's and Caddy's: the programs that this machine's packages have
//! installed, which its Debian can run, and a script that reads the variables of the real ones.

use super::engine::Engine;
use crate::environment;
use crate::postgres;
use crate::workspace::Workspace;
use anyhow::{Context, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// As the compose file calls them.
const IMAGES: [&str; 2] = ["postgres:17", "caddy:2"];
const SCRIPT: &str = include_str!("stand_in/entrypoint.sh");
const DOCKERFILE: &str = include_str!("stand_in/Dockerfile");
/// What the base has in its own version of the same file.
const OF_THE_BASE: [&str; 3] = ["libc.so", "ld-linux", "linux-vdso"];

pub fn build(engine: &Engine<'_>, workspace: &Workspace) -> anyhow::Result<()> {
    let folder = workspace.scratch("containers")?.join("stand-in");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let root = folder.join("root");
    fs::create_dir_all(root.join("usr/bin"))?;
    let programs = postgres::find().map_err(anyhow::Error::msg)?;
    let caddy = environment::program("caddy").context("caddy is not there")?;
    fs::copy(caddy, root.join("usr/bin/caddy"))?;
    let version = programs
        .parent()
        .context("it lies in a folder of its version")?;
    copy(version, &root)?;
    let number = version.file_name().context("it is called by its version")?;
    copy(&Path::new("/usr/share/postgresql").join(number), &root)?;
    // Compiling queries is for larger ones, and its library is a hundred megabytes.
    let _ = fs::remove_dir_all(root.join(version.strip_prefix("/")?.join("lib/bitcode")));
    libraries(&programs, &root.join("libraries"))?;
    fs::write(folder.join("stand-in"), SCRIPT)?;
    let programs = programs.display().to_string();
    fs::write(
        folder.join("Dockerfile"),
        DOCKERFILE.replace("PROGRAMS", &programs),
    )?;
    engine.build(&folder, &IMAGES)
}

/// A folder with all below it, under its own name in another root.
fn copy(folder: &Path, root: &Path) -> anyhow::Result<()> {
    let target = root.join(folder.strip_prefix("/")?);
    fs::create_dir_all(&target)?;
    let status = Command::new("cp")
        .arg("-a")
        .arg(folder.join("."))
        .arg(&target)
        .status()?;
    ensure!(status.success(), "cannot copy {}", folder.display());
    Ok(())
}

/// What the programs are linked to.
fn libraries(programs: &Path, target: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(target)?;
    let mut found = BTreeSet::new();
    for name in ["postgres", "initdb", "pg_isready", "psql"] {
        let listed = Command::new("ldd").arg(programs.join(name)).output()?;
        let text = String::from_utf8_lossy(&listed.stdout).into_owned();
        let words = text.split_whitespace().filter(|word| word.starts_with('/'));
        found.extend(words.map(PathBuf::from));
    }
    for library in found {
        let name = library.file_name().context("it has a name")?.to_owned();
        let text = name.to_string_lossy().into_owned();
        if !OF_THE_BASE.iter().any(|start| text.starts_with(start)) {
            fs::copy(&library, target.join(name))?;
        }
    }
    Ok(())
}
