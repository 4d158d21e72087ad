//! Where things are.

use anyhow::Context;
use std::path::{Path, PathBuf};

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
