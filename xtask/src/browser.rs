//! Chromium and its driver, which browser tests need and no registry of Rust brings.

use crate::environment;
use std::path::PathBuf;

/// Names that distributions give it.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Both programs.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// Finds both, or says in one line how to get them.
pub fn find() -> Result<Browser, String> {
    let chromium = CHROMIUM.iter().find_map(|name| first(name));
    let driver = first("chromedriver");
    match (chromium, driver) {
        (Some(chromium), Some(driver)) => Ok(Browser { chromium, driver }),
        (chromium, _) => Err(format!(
            "{} is not there; `apt-get install chromium chromium-driver` installs it",
            if chromium.is_none() {
                "Chromium"
            } else {
                "Chromium's driver"
            }
        )),
    }
}

fn first(name: &str) -> Option<PathBuf> {
    environment::on_path(name).into_iter().next()
}
