//! buildah and podman with a store of our own: what runs in it is ours, and nothing of the machine's
//! own containers is seen or touched.

use crate::supervisor::{Event, Interrupted, Supervisor};
use anyhow::{Context, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Longer than any single call takes on a busy machine.
const CALL: &str = "180";
/// A container that nobody takes away ends by itself.
pub const LIFE: &str = "--timeout=900";
/// How long a container may take to be well.
const TIMEOUT: Duration = Duration::from_secs(90);
const TICK: Duration = Duration::from_millis(300);

/// No cgroups, no systemd and few descriptors: it runs in a container itself, too.
const SETTINGS: &str = r#"[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "FOLDER/tmp"
[network]
network_config_dir = "FOLDER/networks"
"#;
const STORE: &str =
    "[storage]\ndriver = \"vfs\"\ngraphroot = \"FOLDER/store\"\nrunroot = \"FOLDER/run\"\n";

pub struct Engine<'a> {
    pub folder: PathBuf,
    supervisor: &'a Supervisor,
}

impl<'a> Engine<'a> {
    /// Whatever an earlier run left is taken away first.
    pub fn new(folder: PathBuf, supervisor: &'a Supervisor) -> anyhow::Result<Self> {
        fs::create_dir_all(folder.join("networks"))?;
        for (name, text) in [("containers.conf", SETTINGS), ("storage.conf", STORE)] {
            let text = text.replace("FOLDER", &folder.display().to_string());
            fs::write(folder.join(name), text)?;
        }
        let engine = Self { folder, supervisor };
        engine.clear();
        Ok(engine)
    }

    /// A call with our store, which ends in time.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new("timeout");
        command
            .args(["--kill-after=5", CALL, program])
            .env("CONTAINERS_CONF", self.folder.join("containers.conf"))
            .env("CONTAINERS_STORAGE_CONF", self.folder.join("storage.conf"))
            .env("BUILDAH_ISOLATION", "chroot");
        command
    }

    pub fn buildah(&self, args: &[&str]) -> anyhow::Result<String> {
        let mut buildah = self.command("buildah");
        buildah.args(args);
        done(buildah)
    }

    pub fn podman(&self, args: &[&str]) -> anyhow::Result<String> {
        let mut podman = self.command("podman");
        podman.args(args);
        done(podman)
    }

    pub fn has_image(&self, name: &str) -> bool {
        self.podman(&["image", "exists", name]).is_ok()
    }

    /// Builds the folder's Dockerfile under these names, and fetches nothing.
    pub fn build(&self, folder: &Path, names: &[&str]) -> anyhow::Result<()> {
        let mut build = self.command("buildah");
        // Docker's own format, which knows health checks.
        build.args(["build", "--pull-never", "--quiet", "--format", "docker"]);
        for name in names {
            build.args(["--tag", name]);
        }
        build.arg(folder);
        done(build).map(drop)
    }

    /// Runs a container to its end: its exit code, and what it said.
    pub fn run(&self, args: &[&str]) -> anyhow::Result<(i32, String)> {
        let mut podman = self.command("podman");
        podman.args(["run", "--rm", "--pull=never", "--network=none", LIFE]);
        podman.args(args);
        let output = podman.output().context("cannot run `timeout`")?;
        let code = output.status.code().context("it was killed")?;
        Ok((code, said(&output)))
    }

    /// Waits until the container's own health check succeeds. Who looks after it here is us: without
    /// systemd nobody does it for podman.
    pub fn wait_until_well(&self, name: &str) -> anyhow::Result<()> {
        let check = || self.podman(&["healthcheck", "run", name]);
        let well = self.wait(&format!("{name} is not well"), check);
        well.map(drop).map_err(|error| {
            let log = self.podman(&["logs", "--tail=20", name]);
            error.context(format!("{name} said: {log:?}"))
        })
    }

    /// Tries until it succeeds.
    pub fn wait(
        &self,
        what: &str,
        attempt: impl Fn() -> anyhow::Result<String>,
    ) -> anyhow::Result<String> {
        let end = Instant::now() + TIMEOUT;
        loop {
            match attempt() {
                Ok(told) => return Ok(told),
                Err(error) if Instant::now() > end => bail!("{what}: {error}"),
                Err(_) => {}
            }
            if let Some(Event::Signal(signal)) = self.supervisor.next(TICK) {
                return Err(Interrupted(signal).into());
            }
        }
    }

    /// All that is ours and not an image.
    fn clear(&self) {
        let _ = self.podman(&["rm", "--force", "--all", "--time=0"]);
        let _ = self.podman(&["volume", "rm", "--force", "--all"]);
        let _ = self.podman(&["network", "prune", "--force"]);
    }
}

impl Drop for Engine<'_> {
    fn drop(&mut self) {
        self.clear();
        let _ = self.podman(&["image", "prune", "--force"]);
    }
}

/// What it printed, where it succeeded.
pub fn done(mut command: Command) -> anyhow::Result<String> {
    let output = command.output().context("cannot run `timeout`")?;
    ensure!(
        output.status.success(),
        "{command:?} failed: {}",
        said(&output)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Both streams, without what podman says of the machine.
fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8_lossy(&both).into_owned();
    let lines = text
        .lines()
        .filter(|line| !line.contains("systemd connection"));
    lines.collect::<Vec<_>>().join("\n")
}
