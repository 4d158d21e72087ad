//! wasm-opt makes the deployed wasm smaller. It is a wish: without it everything works.

use super::npm::Package;
use super::version;
use crate::environment;
use crate::supervisor::Supervisor;
use std::path::{Path, PathBuf};

/// Older ones do not know what today's rustc emits (Debian's is 108).
const OLDEST: u32 = 120;
/// npm's binaryen is the one packaging of wasm-opt that needs no download from elsewhere.
const BINARYEN: Package = Package {
    name: "binaryen",
    version: "132.0.0",
};

/// The folder of a wasm-opt that is new enough, on the `PATH` or in the cache.
pub fn find() -> anyhow::Result<Option<PathBuf>> {
    let on_path = environment::on_path("wasm-opt");
    let cached = folder_in(&home()?).join("wasm-opt");
    let fit = on_path.into_iter().chain([cached]).find(|program| {
        let version = version::of(program);
        version.is_some_and(|version| is_new_enough(&version))
    });
    Ok(fit.and_then(|program| program.parent().map(Path::to_owned)))
}

/// Finds it, or installs it where npm is at hand.
pub fn find_or_install(supervisor: &Supervisor) -> anyhow::Result<Option<PathBuf>> {
    if let Some(folder) = find()? {
        return Ok(Some(folder));
    }
    BINARYEN.install(supervisor)?;
    find()
}

fn home() -> anyhow::Result<PathBuf> {
    BINARYEN.home()
}

fn folder_in(home: &Path) -> PathBuf {
    home.join("node_modules/.bin")
}

fn is_new_enough(version: &str) -> bool {
    let major = version.split('.').next().and_then(|text| text.parse().ok());
    major.is_some_and(|major: u32| major >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debians_is_too_old() {
        assert!(!is_new_enough("108"));
        assert!(is_new_enough("132"));
        assert!(!is_new_enough("unknown"));
    }
}
