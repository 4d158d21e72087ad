//! Checksums of everything that is released.

use super::compress::all_files;
use crate::environment;
use anyhow::{Context, ensure};
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

const FILE: &str = "SHA256SUMS";

/// Writes them for every file of the folder; `sha256sum -c SHA256SUMS` checks them.
pub fn write(dist: &Path) -> anyhow::Result<()> {
    let program = "sha256sum";
    if environment::on_path(program).is_empty() {
        ensure!(!environment::is_ci(), "no {program} here");
        eprintln!("no {program} here: the release has no checksums");
        return Ok(());
    }
    let mut names = Vec::new();
    for file in all_files(dist)? {
        let name = file.strip_prefix(dist)?.to_owned();
        names.extend((name != Path::new(FILE)).then_some(name));
    }
    names.sort();
    let made = Command::new(program)
        .current_dir(dist)
        .arg("--")
        .args(names)
        .stdout(File::create(dist.join(FILE))?)
        .status()
        .context(program)?;
    ensure!(made.success(), "{program} failed: {made}");
    let empty = fs::metadata(dist.join(FILE))?.len() == 0;
    ensure!(!empty, "{program} said nothing");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(dist: &Path) -> bool {
        let mut check = Command::new("sha256sum");
        check
            .args(["-c", "--quiet", "--strict", FILE])
            .current_dir(dist);
        check.status().expect("BUG: it made them").success()
    }

    #[test]
    fn a_changed_file_is_found_and_none_is_left_out() {
        let dist = tempfile::tempdir().expect("BUG: there is a temporary folder");
        let write_file = |name: &str, text: &str| {
            let file = dist.path().join(name);
            fs::write(file, text).expect("BUG: it is ours to write");
        };
        fs::create_dir(dist.path().join("web")).expect("BUG: it is ours to write");
        write_file("web/app.js", "a();");
        write_file("api", "program");
        write_file("Dockerfile", "FROM scratch");
        for _ in 0..2 {
            write(dist.path()).expect("BUG: there is sha256sum");
            assert!(verdict(dist.path()));
        }
        let sums = fs::read_to_string(dist.path().join(FILE)).expect("BUG: it is text");
        assert_eq!(sums.lines().count(), 3, "{sums}");
        write_file("web/app.js", "b();");
        assert!(!verdict(dist.path()));
    }
}
