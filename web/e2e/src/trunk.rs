//! `trunk serve` before the API, as `cargo xtask dev` runs it: one origin through its proxy.

use crate::child::{Child, Program};
use crate::patience::until_within;
use crate::setting::Setting;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The API's origin as web/Trunk.toml has it.
const API_ORIGIN: &str = "http://127.0.0.1:8000/";

/// It builds the app, which may be the first build on this machine.
const TIMEOUT: Duration = Duration::from_mins(5);

/// Serves the app on `port` before the API on `api_port`; returns when the app is built.
pub async fn serve(setting: &Setting, folder: &Path, (port, api_port): (u16, u16)) -> Child {
    let web = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("BUG: it is a folder of web");
    let log = folder.join("trunk.log");
    let mut child = program(setting, folder, web)
        .arg("--config")
        .arg(configuration(web, folder, api_port))
        .arg("serve")
        .arg(web.join("index.html"))
        .args(["--offline", "true", "--address", "127.0.0.1"])
        .args(["--port", &port.to_string()])
        .arg("--dist")
        .arg(folder.join("dist"))
        // Nothing changes while a journey runs, whatever is written to the sources meanwhile.
        .arg("--watch")
        .arg(folder.join("still"))
        .start(&log);
    let page = format!("http://127.0.0.1:{port}/");
    until_within(TIMEOUT, "trunk serves the app", async || {
        let said = fs::read_to_string(&log).unwrap_or_default();
        assert!(child.is_running(), "trunk ended:\n{said}");
        let answer = reqwest::get(&page).await.ok()?;
        answer.status().is_success().then_some(())
    })
    .await;
    child
}

fn program(setting: &Setting, folder: &Path, web: &Path) -> Program {
    // Trunk wants what it watches, and what its configuration ignores, to be there.
    for name in ["still", "e2e"] {
        fs::create_dir_all(folder.join(name)).expect("the folder is ours");
    }
    Program::new(&setting.leash, &setting.trunk)
        .within(web)
        .with_path_before(&setting.wasm_bindgen)
        // Trunk reads NO_COLOR=1, the usual way to set it, as a malformed bool and stops.
        .env_remove("NO_COLOR")
}

fn configuration(web: &Path, folder: &Path, api_port: u16) -> std::path::PathBuf {
    let text = fs::read_to_string(web.join("Trunk.toml")).expect("web/Trunk.toml is there");
    let ours = text.replace(API_ORIGIN, &format!("http://127.0.0.1:{api_port}/"));
    assert_ne!(text, ours, "web/Trunk.toml has no proxy to {API_ORIGIN}");
    let file = folder.join("Trunk.toml");
    fs::write(&file, ours).expect("the folder is ours");
    file
}
