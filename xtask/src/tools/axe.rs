//! axe-core judges whether everybody can use a page. Its licence is MPL-2.0: it is fetched for the
//! journeys and is no part of what is committed or shipped.

use super::npm::Package;
use crate::supervisor::Supervisor;
use std::path::PathBuf;

const AXE: Package = Package {
    name: "axe-core",
    version: "4.10.3",
};

/// Its script, found or installed; none where npm is missing.
pub fn find_or_install(supervisor: &Supervisor) -> anyhow::Result<Option<PathBuf>> {
    AXE.install(supervisor)?;
    let script = AXE.home()?.join("node_modules/axe-core/axe.min.js");
    Ok(script.is_file().then_some(script))
}
