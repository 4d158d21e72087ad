//! A step of `cargo xtask test`: the image of `docs/deploy` is built and run, and so is the compose file,
//! with programs of this machine's packages in the place of PostgreSQL's and Caddy's images. Nothing
//! is fetched but Debian's base, once for all clones.

mod base;
mod compose;
mod engine;
mod image;
mod mirror;
mod stand_in;

use crate::args::Flags;
use crate::child_guard;
use crate::dist;
use crate::environment;
use crate::postgres;
use crate::supervisor::Supervisor;
use crate::workspace::Workspace;
use anyhow::{Context, ensure};
use base::Debian;
use engine::Engine;
use rustix::process::geteuid;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How `cargo xtask test` calls it; it is not for people.
pub const VERB: &str = "containers";

/// What builds and runs them; Debian has all of it.
const PROGRAMS: [&str; 6] = [
    "buildah",
    "podman",
    "runc",
    "debootstrap",
    "podman-compose",
    "caddy",
];
/// How containers find each other by name: podman 4's way and podman 5's.
const NAMES: [&str; 2] = ["/usr/lib/cni/dnsname", "/usr/lib/podman/aardvark-dns"];
const REMEDY: &str = "`apt-get install buildah podman runc debootstrap podman-compose \
    golang-github-containernetworking-plugin-dnsname containernetworking-plugins iptables caddy` installs all";

/// Whether this machine can, or one line that says what it lacks.
pub fn find() -> Result<(), String> {
    if !geteuid().is_root() {
        return Err("containers are built and run as root; run it as root".to_owned());
    }
    if let Some(missing) = PROGRAMS
        .into_iter()
        .find(|name| environment::program(name).is_none())
    {
        return Err(format!("{missing} is not there; {REMEDY}"));
    }
    if !NAMES.iter().any(|name| Path::new(name).exists()) {
        return Err(format!("{} is not there; {REMEDY}", NAMES[0]));
    }
    postgres::find()?;
    Debian::of_this_machine().map(drop)
}

/// The hidden verb. `--release` takes the program of `cargo xtask dist`, else it is the one that the
/// other steps test.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--release"], &[])?;
    find().map_err(anyhow::Error::msg)?;
    let workspace = Workspace::locate()?;
    let supervisor = Supervisor::new()?;
    let engine = Engine::new(workspace.scratch("containers")?, &supervisor)?;
    let debian = Debian::of_this_machine().map_err(anyhow::Error::msg)?;
    debian.load(&engine, &supervisor)?;
    let program = if flags.has("--release") {
        workspace.root.join("dist/api")
    } else {
        supervisor.run_checked(
            "building the API",
            child_guard::cargo(&["build", "-p", "api"]),
        )?;
        workspace.api("debug")
    };
    let release = release(&workspace, &program)?;
    engine.build(&release, &["countersign"])?;
    image::check(&engine)?;
    stand_in::build(&engine, &workspace)?;
    compose::check(&engine, &release)?;
    Ok(ExitCode::SUCCESS)
}

/// The folder that is deployed, with a page in the place of the app.
fn release(workspace: &Workspace, program: &Path) -> anyhow::Result<PathBuf> {
    let folder = workspace.scratch("containers")?.join("release");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(folder.join("web"))?;
    ensure!(program.is_file(), "{} is not there", program.display());
    fs::copy(program, folder.join("api")).context("cannot copy the API")?;
    fs::write(
        folder.join("web/index.html"),
        "<!doctype html><title>app</title>\n",
    )?;
    dist::papers(&workspace.root, &folder)?;
    Ok(folder)
}
