//! Who may depend on whom, by the manifests and by what cargo resolves for the browser.

use super::tree::Tree;
use crate::tools;
use crate::workspace;
use anyhow::{Context, bail};
use std::process::Command;

/// Each package of ours, its folder, and those of ours that it may depend on.
const PACKAGES: [(&str, &str, &[&str]); 9] = [
    ("shared", "shared", &[]),
    ("protocol", "crates/protocol", &[]),
    ("client", "crates/client", &["shared", "protocol"]),
    ("model", "crates/model", &["protocol"]),
    ("heap-trim", "crates/heap-trim", &[]),
    ("api", "api", &["shared", "protocol", "heap-trim"]),
    ("web", "web", &["client", "shared", "protocol"]),
    ("e2e", "web/e2e", &["shared"]),
    ("xtask", "xtask", &[]),
];

/// A server's crates, which must never reach the browser.
const NOT_FOR_THE_BROWSER: [&str; 6] = [
    "poem",
    "poem-openapi",
    "sea-orm",
    "sqlx",
    "mio",
    "aws-lc-rs",
];

/// The directions between our packages.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut breaches = Vec::new();
    for (package, folder, may) in PACKAGES {
        let path = format!("{folder}/Cargo.toml");
        let manifest = tree.text(&path).unwrap_or_default();
        for dependency in dependencies(manifest) {
            let is_ours = PACKAGES.iter().any(|(ours, ..)| *ours == dependency);
            if is_ours && !may.contains(&dependency) {
                breaches.push(format!("{path}: {package} may not depend on {dependency}"));
            }
        }
    }
    breaches
}

/// The names in every section of dependencies, development's included.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies");
            // `[dependencies.name]` is the long form.
            let long = section.split_once("dependencies.").map(|(_, name)| name);
            names.extend(long);
        } else if inside && let Some((name, _)) = line.split_once(['=', '.']) {
            names.push(name.trim());
        }
    }
    names
}

/// What `cargo tree` says the browser gets.
pub fn browser_packages() -> anyhow::Result<String> {
    let output = Command::new("cargo")
        .args(["tree", "-p", "web", "--target", tools::WASM, "-e", "normal"])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(workspace::root())
        .output()
        .context("cannot run cargo tree")?;
    if !output.status.success() {
        bail!(
            "cargo tree failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// No crate of the server is among the browser's.
pub fn check_browser(packages: &str) -> Vec<String> {
    let names = packages.lines().filter_map(|line| line.split(' ').next());
    let mut found: Vec<_> = names
        .filter(|name| NOT_FOR_THE_BROWSER.contains(name))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
        .iter()
        .map(|name| format!("web/Cargo.toml: {name} reaches the browser"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    #[test]
    fn a_dependency_the_wrong_way_is_a_breach_in_any_form() {
        for manifest in [
            "[dependencies]\napi.workspace = true\n",
            "[dev-dependencies]\napi = { path = \"../api\" }\n",
            "[dependencies.api]\npath = \"../api\"\n",
            "[target.'cfg(unix)'.dependencies]\napi = { workspace = true }\n",
        ] {
            assert_eq!(
                check(&tree(&[("xtask/Cargo.toml", manifest)])),
                ["xtask/Cargo.toml: xtask may not depend on api"],
                "{manifest}"
            );
        }
    }

    #[test]
    fn the_right_way_and_other_sections_are_free() {
        let web = "[package]\nname = \"web\"\n[dependencies]\nclient.workspace = true\n[lints]\nworkspace = true\n";
        assert!(check(&tree(&[("web/Cargo.toml", web)])).is_empty());
    }

    #[test]
    fn a_server_crate_in_the_browser_is_a_breach() {
        let packages = "web v0.1.0 (web)\nyew v0.23.0\nmio v1.0.0\nmio v1.0.0 (*)\n";
        assert_eq!(
            check_browser(packages),
            ["web/Cargo.toml: mio reaches the browser"]
        );
        assert!(check_browser("yew v0.23.0\npoem-like v1.0.0\n").is_empty());
    }
}
