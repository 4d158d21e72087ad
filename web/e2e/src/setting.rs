//! What `cargo xtask e2e` provides: the programs to run and the folders to use.

use std::path::PathBuf;

/// Where the programs are.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The API's program.
    pub api: PathBuf,
    /// The built app.
    pub dist: PathBuf,
    /// Holds a child so that it cannot outlive us: `leash -- program args..`.
    pub leash: PathBuf,
    /// Trunk.
    pub trunk: PathBuf,
    /// The folder of trunk's wasm-bindgen.
    pub wasm_bindgen: PathBuf,
    /// Chromium's driver.
    pub chromedriver: PathBuf,
    /// Chromium.
    pub chromium: PathBuf,
    /// The script that judges whether everybody can use a page, if it could be fetched.
    pub axe: Option<PathBuf>,
    /// Where pictures of the pages go, if somebody wants some.
    pub pictures: Option<PathBuf>,
}

/// Where this machine looks for programs.
pub fn path() -> PathBuf {
    variable("PATH").unwrap_or_default()
}

impl Setting {
    /// Reads the environment; without it there is nothing to run.
    pub fn from_environment() -> Self {
        Self {
            api: required("E2E_API_BIN"),
            dist: required("E2E_DIST"),
            leash: required("E2E_LEASH"),
            trunk: required("E2E_TRUNK"),
            wasm_bindgen: required("E2E_WASM_BINDGEN_DIR"),
            chromedriver: required("E2E_CHROMEDRIVER"),
            chromium: required("E2E_CHROMIUM"),
            axe: variable("E2E_AXE"),
            pictures: variable("E2E_PICTURES"),
        }
    }
}

fn required(name: &str) -> PathBuf {
    variable(name).unwrap_or_else(|| {
        panic!("{name} is not set: the journeys want servers and a browser; run `cargo xtask e2e`")
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads what `cargo xtask e2e` provides"
)]
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}
