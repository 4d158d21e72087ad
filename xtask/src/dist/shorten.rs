//! The JavaScript, without what only people read.

use super::compress::files;
use crate::crew::Crew;
use crate::leash;
use crate::tools::esbuild;
use std::path::Path;

/// Shortens every script of the folder in its place, where there is an esbuild.
pub fn scripts(crew: &Crew, web: &Path) -> anyhow::Result<()> {
    let Some(esbuild) = esbuild::find_or_install(crew)? else {
        eprintln!("no esbuild here: the JavaScript stays somewhat larger than it could be");
        return Ok(());
    };
    for script in files(web, "js")? {
        let mut shorten = leash::command(&esbuild);
        shorten
            .arg(&script)
            .args([
                "--minify",
                "--format=esm",
                "--allow-overwrite",
                "--log-level=warning",
            ])
            .arg(format!("--outfile={}", script.display()));
        crew.must("shortening the JavaScript", shorten)?;
    }
    Ok(())
}
