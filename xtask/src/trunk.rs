//! How trunk is called: offline, with our wasm-bindgen first on its `PATH`, never from its own choice.

use crate::child_guard;
use crate::environment;
use crate::tools::Tools;
use crate::workspace::Workspace;
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The API's origin as web/Trunk.toml has it.
const API_ORIGIN: &str = "http://127.0.0.1:8000/";

/// `trunk build` into `dist`, with the cargo profile that `flags` name.
pub fn build(workspace: &Workspace, tools: &Tools, dist: &Path, flags: &[&str]) -> Command {
    let mut command = trunk(tools, None);
    command
        .current_dir(workspace.root.join("web"))
        .args(["build", "--offline=true"])
        .arg("--dist")
        .arg(dist)
        .args(flags);
    command
}

/// What .cargo/config.toml tells the compiler of wasm; flags of the environment take its place.
const FLAGS: [&str; 2] = ["--cfg", "getrandom_backend=\"wasm_js\""];

/// `build` with a wasm-opt, which trunk only runs in what it calls a release. The same bytes come
/// out whoever builds, and wherever: panics name sources without the folders of this machine.
pub fn build_smallest(
    workspace: &Workspace,
    tools: &Tools,
    dist: &Path,
    wasm_opt: Option<&PathBuf>,
) -> Command {
    let web_profile = ["--minify", "--cargo-profile", "web"];
    let mut command = build(workspace, tools, dist, &web_profile);
    let flags: Vec<_> = FLAGS
        .into_iter()
        .map(ToOwned::to_owned)
        .chain(remapped(&workspace.root, &environment::cargo_home()))
        .collect();
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    let Some(folder) = wasm_opt else {
        return command;
    };
    command.arg("--release");
    command.env(
        "PATH",
        environment::path_with(&[tools.wasm_bindgen.clone(), folder.clone()]),
    );
    command
}

/// `trunk serve` on `port`, in front of the API on `api_port`. Its files are its port's, so that two
/// of them do not write to one folder.
pub fn serve(
    workspace: &Workspace,
    tools: &Tools,
    (port, api_port): (u16, u16),
) -> anyhow::Result<Command> {
    let web = workspace.root.join("web");
    let ours = workspace.scratch("dev")?.join(port.to_string());
    fs::create_dir_all(&ours)?;
    let config = ours.join("Trunk.toml");
    let text = fs::read_to_string(web.join("Trunk.toml")).context("cannot read web/Trunk.toml")?;
    fs::write(&config, proxied_to(&text, api_port))?;
    let mut command = trunk(tools, Some(&config));
    // Trunk takes what is relative as beside its configuration, which is not in web/ here.
    command
        .current_dir(&web)
        .args(["serve", "--offline=true"])
        .arg(web.join("index.html"))
        .arg("--dist")
        .arg(ours.join("dist"))
        .args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    for folder in ["web", "shared", "crates"] {
        command.arg("--watch").arg(workspace.root.join(folder));
    }
    command.arg("--ignore").arg(web.join("e2e"));
    Ok(command)
}

/// Sources of the workspace and of crates are called by their paths within them.
fn remapped(root: &Path, cargo_home: &Path) -> Vec<String> {
    let registries = fs::read_dir(cargo_home.join("registry/src"));
    let registries = registries.into_iter().flatten().flatten();
    let folders = registries.map(|entry| entry.path());
    folders
        .chain([root.to_owned()])
        .map(|folder| format!("--remap-path-prefix={}=", folder.display()))
        .collect()
}

fn trunk(tools: &Tools, config: Option<&Path>) -> Command {
    let mut command = child_guard::command(&tools.trunk);
    if let Some(config) = config {
        command.arg("--config").arg(config);
    }
    command
        .env(
            "PATH",
            environment::path_with(std::slice::from_ref(&tools.wasm_bindgen)),
        )
        // Trunk reads NO_COLOR=1, the usual way to set it, as a malformed bool and stops.
        .env_remove("NO_COLOR");
    command
}

fn proxied_to(config: &str, api_port: u16) -> String {
    config.replace(API_ORIGIN, &format!("http://127.0.0.1:{api_port}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_those_of_the_configuration() {
        let configuration = include_str!("../../.cargo/config.toml");
        let flags = FLAGS.map(|flag| format!("{flag:?}")).join(", ");
        assert!(
            configuration.contains(&format!("rustflags = [{flags}]")),
            "{flags}"
        );
    }

    #[test]
    fn folders_of_this_machine_are_cut_off() {
        let home = tempfile::tempdir().expect("a folder can be made");
        let registry = home.path().join("registry/src/a");
        fs::create_dir_all(&registry).expect("a folder can be made");
        let flags = remapped(Path::new("/here"), home.path());
        let expected = format!("--remap-path-prefix={}=", registry.display());
        assert_eq!(flags, [expected, "--remap-path-prefix=/here=".to_owned()]);
    }

    #[test]
    fn every_proxy_of_the_committed_configuration_follows_the_api() {
        let committed = include_str!("../../web/Trunk.toml");
        let config = proxied_to(committed, 8123);
        let backends: Vec<_> = config
            .lines()
            .filter_map(|line| line.strip_prefix("backend = "))
            .collect();
        assert_eq!(
            backends,
            ["api/", ".well-known/", "healthz", "readyz"]
                .map(|path| format!("\"http://127.0.0.1:8123/{path}\"")),
        );
    }
}
