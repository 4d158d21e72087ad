//! The JavaScript, without what only people read.

use super::compress::files;
use crate::child_guard;
use crate::supervisor::Supervisor;
use crate::tools::esbuild;
use std::path::Path;

/// Shortens every script of the folder in its place, where there is an esbuild.
pub fn scripts(supervisor: &Supervisor, web: &Path) -> anyhow::Result<()> {
    let Some(esbuild) = esbuild::find_or_install(supervisor)? else {
        eprintln!("no esbuild here: the JavaScript stays somewhat larger than it could be");
        return Ok(());
    };
    for script in files(web, "js")? {
        let mut shorten = child_guard::command(&esbuild);
        shorten
            .arg(&script)
            .args([
                "--minify",
                "--format=esm",
                "--allow-overwrite",
                "--log-level=warning",
            ])
            .arg(format!("--outfile={}", script.display()));
        supervisor.run_checked("shortening the JavaScript", shorten)?;
    }
    Ok(())
}
