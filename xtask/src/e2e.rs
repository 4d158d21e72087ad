//! `cargo xtask e2e`: builds the real programs and lets the journeys of `web/e2e` use them.

use crate::args::Flags;
use crate::browser;
use crate::child_guard;
use crate::dist;
use crate::environment;
use crate::supervisor::Supervisor;
use crate::tools::{Tools, axe, npm};
use crate::trunk;
use crate::workspace::Workspace;
use std::process::ExitCode;

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--pictures", "--shipped"], &["--only"])?;
    let browser = browser::find().map_err(anyhow::Error::msg)?;
    let workspace = Workspace::locate()?;
    let supervisor = Supervisor::new()?;
    let tools = Tools::ensure(&supervisor)?;
    let dist = workspace.scratch("e2e-dist")?;

    let mut journeys = child_guard::cargo(&["test", "--package", "e2e"]);
    journeys
        .args(flags.value("--only"))
        .env("E2E_API_BIN", workspace.api("debug"))
        .env("E2E_DIST", &dist)
        .env("E2E_LEASH", child_guard::stable_path()?)
        .env("E2E_TRUNK", &tools.trunk)
        .env("E2E_WASM_BINDGEN_DIR", &tools.wasm_bindgen)
        .env("E2E_CHROMEDRIVER", &browser.driver)
        .env("E2E_CHROMIUM", &browser.chromium);
    match axe::find_or_install(&supervisor)? {
        Some(script) => drop(journeys.env("E2E_AXE", script)),
        None => no_judge()?,
    }
    if flags.has("--pictures") {
        let pictures = workspace.target.join("pictures");
        std::fs::create_dir_all(&pictures)?;
        eprintln!("pictures go to {}", pictures.display());
        journeys.env("E2E_PICTURES", pictures);
    }
    // Trunk builds offline, so what the browser's code needs is fetched before.
    supervisor.run_checked(
        "fetching the crates",
        child_guard::cargo(&["fetch", "--quiet"]),
    )?;
    supervisor.run_checked(
        "building the API",
        child_guard::cargo(&["build", "-p", "api"]),
    )?;
    if flags.has("--shipped") {
        dist::app(&workspace, &supervisor, &tools, &dist)?;
    } else {
        let app = trunk::build(&workspace, &tools, &dist, &[]);
        supervisor.run_checked("building the app", app)?;
    }
    supervisor.run_checked("the journeys", journeys)?;
    Ok(ExitCode::SUCCESS)
}

/// Without axe-core nobody judges whether everybody can use the pages. A person is told so, as
/// libtest tells of what it left out; the machine that decides must have it.
fn no_judge() -> anyhow::Result<()> {
    let why = npm::find().err();
    let why = why.unwrap_or_else(|| "axe-core could not be installed".to_owned());
    anyhow::ensure!(!environment::is_ci(), "{why}");
    println!("test everybody_can_use_the_pages ... ignored, {why}");
    println!("test result: ok. 0 passed; 0 failed; 1 ignored;");
    Ok(())
}
