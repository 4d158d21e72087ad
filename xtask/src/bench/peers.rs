//! What others would build: the scripts of `xtask/peers` and the packages that they want, in a folder of
//! the cache that is named after both.

use crate::child_guard;
use crate::environment;
use crate::supervisor::Supervisor;
use crate::tools::{self, npm};
use crate::workspace;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_mins(10);

/// Its folder, or one line that says why there is none.
pub fn find_or_install(supervisor: &Supervisor) -> anyhow::Result<Result<PathBuf, String>> {
    if let Err(why) = npm::find() {
        return Ok(Err(why));
    }
    let scripts = workspace::root().join("xtask/peers");
    let cache = tools::cache()?;
    let name = format!("peers-{:016x}", fingerprint(&scripts)?);
    let home = cache.join(&name);
    if home.exists() {
        return Ok(Ok(home));
    }
    eprintln!("installing what others would build into the cache; SQLite compiles for minutes");
    let partial = cache.join(format!(".{name}-{}", std::process::id()));
    fs::create_dir_all(&partial)?;
    for file in files(&scripts)? {
        let copy = partial.join(file.file_name().unwrap_or_default());
        fs::copy(&file, copy)?;
    }
    let ending = supervisor.run(npm_install(&partial), LIMIT)?;
    // Who was faster has installed the same.
    if ending.is_success() && (fs::rename(&partial, &home).is_ok() || home.exists()) {
        return Ok(Ok(home));
    }
    fs::remove_dir_all(&partial)?;
    Ok(Err(format!(
        "npm could not install the packages of xtask/peers ({ending})"
    )))
}

/// A package may compile, against the headers that lie beside node where there are some, because
/// fetching them needs a network that not every machine has.
fn npm_install(folder: &Path) -> Command {
    let mut install = child_guard::command("npm");
    install
        .args(["ci", "--no-audit", "--no-fund", "--silent"])
        .current_dir(folder);
    let node = environment::on_path("node").into_iter().next();
    let node = node.and_then(|link| fs::canonicalize(link).ok());
    let prefix = node.as_deref().and_then(|node| node.ancestors().nth(2));
    if let Some(prefix) = prefix.filter(|prefix| prefix.join("include/node/node.h").exists()) {
        install.env("npm_config_nodedir", prefix);
    }
    install
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

/// Another one for every change of theirs. It names a folder and proves nothing.
fn fingerprint(folder: &Path) -> anyhow::Result<u64> {
    let mut state = DefaultHasher::new();
    for file in files(folder)? {
        fs::read(file)?.hash(&mut state);
    }
    Ok(state.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_registry_is_named_in_what_is_pinned() {
        let lock = workspace::root().join("xtask/peers/package-lock.json");
        let lock = fs::read_to_string(lock).expect("it is committed");
        assert!(
            !lock.contains("://"),
            "npm install --omit-lockfile-registry-resolved"
        );
    }
}
