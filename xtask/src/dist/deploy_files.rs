//! What lies beside the program: how it is started, what stands in front of it, what to do when.

use crate::workspace::files;
use anyhow::{Context, ensure};
use std::fs;
use std::path::Path;

/// From the checkout, a file or a folder, and where it goes.
const PAPERS: [(&str, &str); 8] = [
    (".env.example", "env.example"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("docs/deploy/", ""),
    ("docs/keys.md", "docs/keys.md"),
    ("docs/operations/", "docs/operations/"),
    ("docs/proxies/", "proxies/"),
    ("docs/runbook.md", "docs/runbook.md"),
];

/// Copies what git knows of.
pub fn copy(root: &Path, dist: &Path) -> anyhow::Result<()> {
    let known = files(root)?;
    for (from, to) in PAPERS {
        let mut found = false;
        for file in known.iter().filter(|file| file.starts_with(from)) {
            let target = dist.join(format!("{to}{}", &file[from.len()..]));
            let folder = target.parent().context("a file lies in a folder")?;
            fs::create_dir_all(folder)?;
            fs::copy(root.join(file), target).with_context(|| format!("cannot copy {file}"))?;
            found = true;
        }
        ensure!(found, "there is no {from}");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
