//! What version something is, and what version it should be.

use std::path::Path;
use std::process::{Command, Stdio};

/// The version that a workspace manifest pins a dependency to with `name = "=x.y.z"`.
pub fn pinned(manifest: &str, name: &str) -> Option<String> {
    manifest.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        let exact = value.trim().strip_prefix("\"=")?.strip_suffix('"')?;
        (key.trim() == name).then(|| exact.to_owned())
    })
}

/// The version that a program says it has, if it can be run.
pub fn of(program: &Path) -> Option<String> {
    let output = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    said(&String::from_utf8_lossy(&output.stdout))
}

/// `trunk 0.21.14` and `wasm-opt version 132 (version_132)` both say it in the first number.
fn said(text: &str) -> Option<String> {
    let starts_with_digit = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let word = text.split_whitespace().find(starts_with_digit)?;
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_pin_is_a_pin() {
        let manifest =
            "wasm-bindgen-test = \"=0.3.1\"\nwasm-bindgen = \"=0.2.129\"\nyew = \"0.23\"";
        assert_eq!(pinned(manifest, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(pinned(manifest, "yew"), None);
    }

    #[test]
    fn programs_say_their_version_in_their_own_ways() {
        for (text, version) in [
            ("trunk 0.21.14\n", "0.21.14"),
            ("wasm-bindgen 0.2.129", "0.2.129"),
            ("wasm-opt version 132 (version_132)", "132"),
        ] {
            assert_eq!(said(text).as_deref(), Some(version));
        }
        assert_eq!(said("error: no such command"), None);
    }
}
