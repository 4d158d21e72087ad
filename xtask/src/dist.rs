//! `cargo xtask dist`: what is deployed, and what it weighs.

mod compress;
mod papers;
mod sbom;
mod shorten;
mod sums;
mod weigh;

use crate::args::Flags;
use crate::crew::Crew;
use crate::leash;
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
    let crew = Crew::muster()?;
    let tools = Tools::ready(&crew)?;
    let dist = workspace.root.join("dist");
    let web = dist.join("web");
    if flags.has("--web") {
        app(&workspace, &crew, &tools, &web)?;
        return Ok(ExitCode::SUCCESS);
    }
    emptied(&dist)?;
    app(&workspace, &crew, &tools, &web)?;
    let api = leash::cargo(&["build", "--release", "-p", "api"]);
    crew.must("building the API", api)?;
    fs::copy(workspace.api("release"), dist.join("api")).context("cannot copy the API")?;
    papers::copy(&workspace.root, &dist)?;
    sbom::write(&dist)?;
    sums::write(&dist)?;
    println!("dist/api serves all of it with STATIC_DIR=dist/web");
    Ok(ExitCode::SUCCESS)
}

/// What lies beside the program and the app.
pub fn papers(root: &Path, dist: &Path) -> anyhow::Result<()> {
    papers::copy(root, dist)
}

/// The app as it is shipped: small, with compressed copies, and within its budget.
pub fn app(workspace: &Workspace, crew: &Crew, tools: &Tools, web: &Path) -> anyhow::Result<()> {
    emptied(web)?;
    let wasm_opt = wasm_opt::find_or_install(crew)?;
    if wasm_opt.is_none() {
        eprintln!("no wasm-opt here: the wasm stays somewhat larger than it could be");
    }
    let app = trunk::build_smallest(workspace, tools, web, wasm_opt.as_ref());
    crew.must("fetching the crates", leash::cargo(&["fetch", "--quiet"]))?;
    crew.must("building the app", app)?;
    shorten::scripts(crew, web)?;
    shorten::names(web)?;
    for program in compress::folder(web)? {
        eprintln!("no {program} here: the app is served without its copies");
    }
    println!("{}", weigh::table(web)?);
    weigh::hold_to_budget(web)
}

/// What an earlier build left would be deployed with this one.
fn emptied(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}
