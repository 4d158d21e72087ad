//! Debian's base, of the release that this machine runs: the program is linked to its C library.

use super::engine::Engine;
use super::mirror;
use crate::child_guard;
use crate::environment;
use crate::supervisor::Supervisor;
use crate::tools;
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};

/// What the Dockerfile builds on.
const IMAGE: &str = "debian:bookworm-slim";

pub struct Debian {
    suite: String,
    mirror: String,
}

impl Debian {
    /// The release, and where its packages come from.
    pub fn of_this_machine() -> Result<Self, String> {
        let about = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let field = |name: &str| {
            let mut lines = about.lines().filter_map(|line| line.split_once('='));
            let value = lines.find(|(key, _)| *key == name)?.1;
            Some(value.trim_matches('"').to_owned())
        };
        let suite = field("VERSION_CODENAME").filter(|_| field("ID").as_deref() == Some("debian"));
        let suite =
            suite.ok_or("this machine is no Debian; containers are built from its packages")?;
        let mirror = mirror::find(Path::new("/etc/apt"), &suite).ok_or(
            "apt names no place of Debian's packages; write one into /etc/apt/sources.list",
        )?;
        Ok(Self { suite, mirror })
    }

    /// Makes the image that the Dockerfile names, if it is not there.
    pub fn load(&self, engine: &Engine, supervisor: &Supervisor) -> anyhow::Result<()> {
        if engine.has_image(IMAGE) {
            return Ok(());
        }
        let folder = self.folder(supervisor)?;
        let made = engine.buildah(&["from", "scratch"])?;
        engine.buildah(&["add", "--quiet", &made, &folder.display().to_string(), "/"])?;
        engine.buildah(&["config", "--cmd", "/bin/bash", &made])?;
        engine.buildah(&["commit", "--quiet", "--rm", &made, IMAGE])?;
        Ok(())
    }

    /// Its files, from the cache that all clones share.
    fn folder(&self, supervisor: &Supervisor) -> anyhow::Result<PathBuf> {
        let cache = tools::cache()?;
        let folder = cache.join(format!("debian-{}", self.suite));
        if folder.exists() {
            return Ok(folder);
        }
        eprintln!("fetching Debian's base into the cache; once, a minute or two");
        // One each, so that clones that do it at once do not meet.
        let partial = cache.join(format!(".debian-{}.{}", self.suite, std::process::id()));
        fs::create_dir_all(&cache).with_context(|| format!("cannot make {}", cache.display()))?;
        let program = environment::program("debootstrap").context("debootstrap is not there")?;
        let mut debootstrap = child_guard::command(program);
        debootstrap
            .args(["--variant=minbase", &self.suite])
            .arg(&partial)
            .arg(&self.mirror);
        let made = supervisor.run_checked("fetching Debian's base", debootstrap);
        if made.is_err() || fs::rename(&partial, &folder).is_err() {
            let _ = fs::remove_dir_all(&partial);
        }
        made?;
        // What was fetched is unpacked, and where it came from is this machine's affair.
        let _ = fs::remove_dir_all(folder.join("var/cache/apt/archives"));
        Ok(folder)
    }
}
