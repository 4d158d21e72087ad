//! A real Chromium, as a person's own: fresh, and watched.

use crate::setting::Setting;
use serde_json::json;
use std::path::Path;
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
};

/// Runs in every document before anything of its own.
const IN_EVERY_DOCUMENT: &str = include_str!("page.js");

/// No tab of the browser's own, no calls home, nothing that depends on the machine's display.
const ARGUMENTS: [&str; 9] = [
    "--headless",
    // A sandbox cannot be made by root, as whom containers run.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
];

/// Opens one with that profile folder, and with that argument more.
pub async fn open(
    setting: &Setting,
    driver: u16,
    profile: &Path,
    argument: Option<&str>,
) -> WebDriver {
    let address = format!("http://127.0.0.1:{driver}");
    let opened = WebDriver::new(address, capabilities(setting, profile, argument)).await;
    let driver = opened.expect("Chromium starts");
    watch_this_tab(&driver).await;
    driver
}

fn capabilities(setting: &Setting, profile: &Path, argument: Option<&str>) -> Capabilities {
    let mut wanted = DesiredCapabilities::chrome();
    let profile = format!("--user-data-dir={}", profile.display());
    let mut describe = || {
        wanted.set_binary(&setting.chromium.to_string_lossy())?;
        wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        ARGUMENTS
            .into_iter()
            .chain(argument)
            .try_for_each(|argument| wanted.add_arg(argument))?;
        wanted.add_arg(&profile)
    };
    describe().expect("BUG: capabilities are JSON");
    wanted.into()
}

/// For every tab, before it opens a page.
pub async fn watch_this_tab(driver: &WebDriver) {
    let script = json!({ "source": IN_EVERY_DOCUMENT });
    let inspector = driver.cdp();
    let added = inspector
        .send_raw("Page.addScriptToEvaluateOnNewDocument", script)
        .await;
    added.expect("a script can be added");
}
