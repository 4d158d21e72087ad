//! What the release is made of: every crate in the program and in the app, with version, checksum
//! and licence, as a `CycloneDX` document. Nothing in it depends on when or where it was written.

use crate::json::{list, object, text};
use crate::tools;
use crate::workspace::root;
use anyhow::{Context, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Where it lies in the release.
pub const FILE: &str = "sbom.cdx.json";

/// One crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    license: String,
    checksum: Option<String>,
    /// In which of ours it is.
    inside: Vec<&'static str>,
}

/// Crates by name and version.
type Parts = BTreeMap<(String, String), Part>;

/// Writes it.
pub fn write(dist: &Path) -> anyhow::Result<()> {
    let mut parts = Parts::new();
    add(&mut parts, "api", &linked(&["-p", "api"])?);
    add(
        &mut parts,
        "web",
        &linked(&["-p", "web", "--target", tools::WASM])?,
    );
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    sign(&mut parts, &lock);
    Ok(fs::write(dist.join(FILE), document(&parts))?)
}

/// What cargo resolves for one of ours, without what only tests or builds it.
fn linked(of: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("cargo")
        .args(["tree", "--locked", "-e", "normal", "--prefix", "none"])
        .args(["--format", "{p}\t{l}"])
        .args(of)
        .current_dir(root())
        .output()
        .context("cannot run cargo tree")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "cargo tree failed: {said}");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Lines like `serde v1.0.0 (proc-macro)`, a tab, and the licence.
fn add(parts: &mut Parts, inside: &'static str, tree: &str) {
    for (package, license) in tree.lines().filter_map(|line| line.split_once('\t')) {
        let mut words = package.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else {
            continue;
        };
        let version = version.trim_start_matches('v').to_owned();
        let part = parts.entry((name.to_owned(), version)).or_default();
        // What was shown before is marked; older manifests write a slash.
        let license = license.trim_end_matches(" (*)").replace('/', " OR ");
        license.trim().clone_into(&mut part.license);
        if !part.inside.contains(&inside) {
            part.inside.push(inside);
        }
    }
}

/// Takes the checksums from the lock file; crates of ours have none.
fn sign(parts: &mut Parts, lock: &str) {
    for package in lock.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let mut lines = package.lines();
            let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""));
            value.map(|value| value.trim_end_matches('"').to_owned())
        };
        let key = field("name").zip(field("version"));
        if let Some(part) = key.and_then(|key| parts.get_mut(&key)) {
            part.checksum = field("checksum");
        }
    }
}

fn document(parts: &Parts) -> String {
    let components = parts
        .iter()
        .map(|((name, version), part)| component(name, version, part));
    let ours = object(&[
        ("type", text("application")),
        ("name", text("countersign")),
        ("version", text(env!("CARGO_PKG_VERSION"))),
    ]);
    let document = object(&[
        ("bomFormat", text("CycloneDX")),
        ("specVersion", text("1.5")),
        ("version", "1".to_owned()),
        ("metadata", object(&[("component", ours)])),
        ("components", list(components)),
    ]);
    format!("{document}\n")
}

fn component(name: &str, version: &str, part: &Part) -> String {
    let purl = format!("pkg:cargo/{name}@{version}");
    let mut fields = vec![
        ("type", text("library")),
        ("bom-ref", text(&purl)),
        ("name", text(name)),
        ("version", text(version)),
        ("purl", text(&purl)),
    ];
    if let Some(checksum) = &part.checksum {
        let hash = object(&[("alg", text("SHA-256")), ("content", text(checksum))]);
        fields.push(("hashes", list([hash])));
    }
    if !part.license.is_empty() {
        let license = object(&[("expression", text(&part.license))]);
        fields.push(("licenses", list([license])));
    }
    let inside = part.inside.iter().map(|inside| {
        object(&[
            ("name", text("countersign:inside")),
            ("value", text(inside)),
        ])
    });
    fields.push(("properties", list(inside)));
    object(&fields)
}

#[cfg(test)]
mod tests;
