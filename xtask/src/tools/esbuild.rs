//! esbuild makes the glue of wasm-bindgen shorter; trunk's own minifier does not understand it. A
//! wish, like wasm-opt: without it everything works.

use super::npm::Package;
use crate::supervisor::Supervisor;
use std::path::PathBuf;

const ESBUILD: Package = Package {
    name: "esbuild",
    version: "0.25.12",
};

/// Its program, found or installed; none where npm is missing.
pub fn find_or_install(supervisor: &Supervisor) -> anyhow::Result<Option<PathBuf>> {
    ESBUILD.install(supervisor)?;
    let program = ESBUILD.home()?.join("node_modules/.bin/esbuild");
    Ok(program.is_file().then_some(program))
}
