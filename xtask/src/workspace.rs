//! Where things are.

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout and its build folder.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub root: PathBuf,
    /// Cargo's target folder, wherever the configuration put it.
    pub target: PathBuf,
}

impl Workspace {
    /// The workspace that this program was built in.
    pub fn locate() -> anyhow::Result<Self> {
        let program = std::env::current_exe().context("cannot tell where xtask runs from")?;
        // cargo put us at <target>/debug/xtask.
        let target = program.ancestors().nth(2);
        Ok(Self {
            root: root().to_owned(),
            target: target
                .context("xtask runs from no target folder")?
                .to_owned(),
        })
    }

    /// The API's program in the build folder of a cargo profile.
    pub fn api(&self, folder: &str) -> PathBuf {
        self.target.join(folder).join("api")
    }

    /// A folder under `target/` that is ours alone, made if it is not there.
    pub fn scratch(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.target.join("xtask").join(name);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }
}

/// The top level of the checkout.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .expect("BUG: xtask is a folder of the workspace")
}

/// What git knows of or would add, from the top level of a checkout. A file may have been deleted
/// since.
pub fn files(root: &Path) -> anyhow::Result<Vec<String>> {
    let listed = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root)
        .output()
        .context("cannot run git")?;
    if !listed.status.success() {
        bail!("git lists no files here: this is no checkout of it");
    }
    let names = String::from_utf8(listed.stdout).context("a file's name is not UTF-8")?;
    Ok(names.split_terminator('\0').map(str::to_owned).collect())
}
