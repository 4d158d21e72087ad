//! The code, without what only people read.

mod names;

use super::compress::files;
use crate::child_guard;
use crate::supervisor::Supervisor;
use crate::tools::esbuild;
use anyhow::{Context, ensure};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
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

/// Shortens what each wasm of the folder and its script call each other, and calls both by what they
/// are now: no cache takes a script for that of another wasm.
pub fn names(web: &Path) -> anyhow::Result<()> {
    for module in files(web, "wasm")? {
        let path = module.to_str().context("a path that is no text")?;
        let stem = path
            .strip_suffix("_bg.wasm")
            .context("a wasm without a script")?;
        let script = format!("{stem}.js");
        let (wasm, code) = names::shortened(&fs::read(&module)?, &fs::read_to_string(&script)?)
            .with_context(|| format!("cannot shorten the names in {path}"))?;
        let (start, old) = stem.rsplit_once('-').context("a name without a hash")?;
        let new = hash(&wasm, &code);
        fs::write(format!("{start}-{new}_bg.wasm"), wasm)?;
        fs::write(format!("{start}-{new}.js"), code)?;
        fs::remove_file(&module)?;
        fs::remove_file(script)?;
        let index = web.join("index.html");
        let document = fs::read_to_string(&index)?;
        ensure!(document.contains(old), "the document does not name {path}");
        fs::write(index, document.replace(old, &new))?;
    }
    Ok(())
}

/// As long as trunk's, by which the API knows that a file never changes.
fn hash(wasm: &[u8], code: &str) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(wasm);
    hasher.write(code.as_bytes());
    format!("{:016x}", hasher.finish())
}
