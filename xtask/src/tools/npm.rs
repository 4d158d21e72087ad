//! What comes from npm: each package at one version, in a folder of its own in the cache.

use super::cache;
use crate::child_guard;
use crate::environment;
use crate::supervisor::Supervisor;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_mins(10);

/// A package at the one version we use.
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
}

/// Nothing, or one line that says how to get npm.
pub fn find() -> Result<(), String> {
    let found = environment::on_path("npm").into_iter().next();
    let why = || "npm is not there; `apt-get install npm` installs it".to_owned();
    found.map(drop).ok_or_else(why)
}

impl Package {
    /// Its folder, whether it is there or not.
    pub fn home(&self) -> anyhow::Result<PathBuf> {
        Ok(cache()?.join(format!("{}-{}", self.name, self.version)))
    }

    /// Installs it, where npm is at hand and it is not there yet.
    pub fn install(&self, supervisor: &Supervisor) -> anyhow::Result<()> {
        if self.home()?.exists() || find().is_err() {
            return Ok(());
        }
        let Self { name, version } = self;
        eprintln!("installing npm's {name} {version} into the cache; under a minute");
        // Each install has a folder of its own, and the first to be whole stays.
        let partial = cache()?.join(format!(".{name}-{}", std::process::id()));
        fs::create_dir_all(&partial)?;
        let ending = supervisor.run(self.npm_install(&partial), LIMIT)?;
        if !ending.is_success() || fs::rename(&partial, self.home()?).is_err() {
            fs::remove_dir_all(&partial)?;
        }
        Ok(())
    }

    fn npm_install(&self, prefix: &Path) -> Command {
        let mut install = child_guard::command("npm");
        install
            .args([
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--silent",
            ])
            .arg("--ignore-scripts")
            .arg("--prefix")
            .arg(prefix)
            .arg(format!("{}@{}", self.name, self.version));
        install
    }
}
