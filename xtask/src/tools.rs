//! The tools that cargo does not bring: found where they are, else installed into a cache that all
//! clones share.

pub mod axe;
pub mod esbuild;
mod install;
pub mod npm;
mod version;
pub mod wasm_opt;

use crate::args::Flags;
use crate::environment;
use crate::supervisor::Supervisor;
use crate::workspace;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The newest that compiles with the Rust of rust-toolchain.toml.
const TRUNK: &str = "0.21.14";
pub const WASM: &str = "wasm32-unknown-unknown";

/// A program at the one version we build with.
pub struct Tool {
    package: &'static str,
    version: String,
    /// All of them must be there, beside each other.
    programs: &'static [&'static str],
    /// What an install takes on two cores.
    minutes: u32,
}

/// Where the tools are.
pub struct Tools {
    pub trunk: PathBuf,
    /// The folder of `wasm-bindgen` and `wasm-bindgen-test-runner`.
    pub wasm_bindgen: PathBuf,
}

/// The verb: makes the tools ready and says where they are.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    Flags::parse(args, &[], &[])?;
    let tools = Tools::ensure(&Supervisor::new()?)?;
    println!("trunk {TRUNK}: {}", tools.trunk.display());
    println!(
        "wasm-bindgen {}: {}",
        wasm_bindgen()?.version,
        tools.wasm_bindgen.join("wasm-bindgen").display()
    );
    match wasm_opt::find()? {
        Some(folder) => println!("wasm-opt: {}", folder.join("wasm-opt").display()),
        None => println!("wasm-opt: none; `cargo xtask dist` would install it through npm"),
    }
    Ok(ExitCode::SUCCESS)
}

impl Tools {
    /// Finds every tool and installs what is missing.
    pub fn ensure(supervisor: &Supervisor) -> anyhow::Result<Self> {
        wasm_target()?;
        let wasm_bindgen = folder_of(&wasm_bindgen()?, supervisor)?;
        let trunk = folder_of(&trunk(), supervisor)?.join("trunk");
        Ok(Self {
            trunk,
            wasm_bindgen,
        })
    }
}

/// What is there and what is not, in one line each that says how to get it. Nothing is installed.
pub fn findings() -> anyhow::Result<Vec<Result<String, String>>> {
    let later = "; `cargo xtask dev` installs it once for all clones";
    let pinned = [trunk(), wasm_bindgen()?];
    let mut found: Vec<_> = pinned
        .iter()
        .map(|tool| {
            let there = on_path(tool).or_else(|| install::cached(tool));
            let name = format!("{} {}", tool.package, tool.version);
            there
                .map(|_| name.clone())
                .ok_or(format!("{name} is not there{later}"))
        })
        .collect();
    found.push(if has_wasm_target()? {
        Ok(format!("Rust's target {WASM}"))
    } else {
        Err(format!(
            "Rust's target {WASM} is not there; `rustup target add {WASM}` adds it"
        ))
    });
    found.push(match wasm_opt::find()? {
        Some(_) => Ok("wasm-opt".to_owned()),
        None => Err("wasm-opt is not there; `cargo xtask dist` installs it through npm".to_owned()),
    });
    Ok(found)
}

fn trunk() -> Tool {
    Tool {
        package: "trunk",
        version: TRUNK.to_owned(),
        programs: &["trunk"],
        minutes: 6,
    }
}

/// Its version is the library's own, read where the workspace pins it.
fn wasm_bindgen() -> anyhow::Result<Tool> {
    let manifest = std::fs::read_to_string(workspace::root().join("Cargo.toml"))?;
    let version = version::pinned(&manifest, "wasm-bindgen")
        .context("Cargo.toml does not pin wasm-bindgen with `= \"=x.y.z\"`")?;
    Ok(Tool {
        package: "wasm-bindgen-cli",
        version,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        minutes: 3,
    })
}

/// wasm-bindgen's runner of tests, if the tool is there.
pub fn test_runner() -> Option<PathBuf> {
    let tool = wasm_bindgen().ok()?;
    let folder = on_path(&tool).or_else(|| install::cached(&tool))?;
    Some(folder.join("wasm-bindgen-test-runner"))
}

fn folder_of(tool: &Tool, supervisor: &Supervisor) -> anyhow::Result<PathBuf> {
    match on_path(tool) {
        Some(folder) => Ok(folder),
        None => install::folder_of(tool, supervisor),
    }
}

fn on_path(tool: &Tool) -> Option<PathBuf> {
    environment::on_path(tool.programs[0])
        .into_iter()
        .filter_map(|program| program.parent().map(Path::to_owned))
        .find(|folder| is_in(folder, tool))
}

/// Whether all programs of the tool are in the folder and say that they are of its version.
fn is_in(folder: &Path, tool: &Tool) -> bool {
    tool.programs
        .iter()
        .all(|program| version::of(&folder.join(program)).as_ref() == Some(&tool.version))
}

/// The folder that outlives clones: `$COUNTERSIGN_CACHE`, else beside the person's other caches.
pub fn cache() -> anyhow::Result<PathBuf> {
    let base = |name| environment::variable(name).map(PathBuf::from);
    base("COUNTERSIGN_CACHE")
        .or_else(|| Some(base("XDG_CACHE_HOME")?.join("countersign")))
        .or_else(|| Some(base("HOME")?.join(".cache/countersign")))
        .context("HOME is not set; say where tools may be kept with COUNTERSIGN_CACHE")
}

fn has_wasm_target() -> anyhow::Result<bool> {
    let rustc = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .current_dir(workspace::root())
        .output()
        .context("cannot run rustc")?;
    let libraries = String::from_utf8_lossy(&rustc.stdout);
    Ok(rustc.status.success() && Path::new(libraries.trim()).is_dir())
}

fn wasm_target() -> anyhow::Result<()> {
    if has_wasm_target()? {
        return Ok(());
    }
    eprintln!("adding Rust's target {WASM}; a few seconds");
    let added = Command::new("rustup")
        .args(["target", "add", WASM])
        .current_dir(workspace::root())
        .status();
    match added {
        Ok(status) if status.success() => Ok(()),
        _ => bail!("Rust's target {WASM} is missing; `rustup target add {WASM}` adds it"),
    }
}
