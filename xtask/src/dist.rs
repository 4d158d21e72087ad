//! `cargo xtask dist`: what is deployed, and what it weighs.

mod checksums;
mod compress;
mod deploy_files;
mod minify_js;
mod sbom;
mod size_report;

use crate::args::Flags;
use crate::child_guard;
use crate::supervisor::Supervisor;
use crate::tools::{Tools, wasm_opt};
use crate::trunk;
use crate::workspace::Workspace;
use anyhow::Context;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--web"], &[])?;
    let workspace = Workspace::locate()?;
    let supervisor = Supervisor::new()?;
    let tools = Tools::ensure(&supervisor)?;
    let dist = workspace.root.join("dist");
    let web = dist.join("web");
    if flags.has("--web") {
        app(&workspace, &supervisor, &tools, &web)?;
        return Ok(ExitCode::SUCCESS);
    }
    emptied(&dist)?;
    app(&workspace, &supervisor, &tools, &web)?;
    let api = child_guard::cargo(&["build", "--release", "-p", "api"]);
    supervisor.run_checked("building the API", api)?;
    fs::copy(workspace.api("release"), dist.join("api")).context("cannot copy the API")?;
    deploy_files::copy(&workspace.root, &dist)?;
    sbom::write(&dist)?;
    checksums::write(&dist)?;
    println!("dist/api serves all of it with STATIC_DIR=dist/web");
    Ok(ExitCode::SUCCESS)
}

/// What lies beside the program and the app.
pub fn papers(root: &Path, dist: &Path) -> anyhow::Result<()> {
    deploy_files::copy(root, dist)
}

/// The app as it is shipped: small, with compressed copies, and within its budget.
pub fn app(
    workspace: &Workspace,
    supervisor: &Supervisor,
    tools: &Tools,
    web: &Path,
) -> anyhow::Result<()> {
    emptied(web)?;
    let wasm_opt = wasm_opt::find_or_install(supervisor)?;
    if wasm_opt.is_none() {
        eprintln!("no wasm-opt here: the wasm stays somewhat larger than it could be");
    }
    let app = trunk::build_smallest(workspace, tools, web, wasm_opt.as_ref());
    supervisor.run_checked(
        "fetching the crates",
        child_guard::cargo(&["fetch", "--quiet"]),
    )?;
    supervisor.run_checked("building the app", app)?;
    minify_js::scripts(supervisor, web)?;
    minify_js::names(web)?;
    for program in compress::folder(web)? {
        eprintln!("no {program} here: the app is served without its copies");
    }
    println!("{}", size_report::table(web)?);
    size_report::check_budget(web)
}

/// What an earlier build left would be deployed with this one.
fn emptied(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}
