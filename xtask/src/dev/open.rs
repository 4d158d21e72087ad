use crate::environment;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

/// Opens the page where there is a screen. The browser is the person's and stays when we stop.
pub fn in_browser(url: &str) {
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| environment::variable(name).is_some());
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if has_screen {
        "xdg-open"
    } else {
        return;
    };
    let browser = Command::new(opener)
        .arg(url)
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if browser.is_err() {
        eprintln!("no browser could be opened; the page is {url}");
    }
}
