//! Compressed copies beside the files, so that no server compresses anything while people wait. The
//! programs on the `PATH` compress, because a compressor of our own would take longer to compile
//! than all of xtask.

use anyhow::Context;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is text or code; pictures are compressed as they are.
pub const KINDS: [&str; 6] = ["wasm", "js", "css", "html", "svg", "txt"];

/// A way to compress, and the ending that the API looks for.
pub struct Coding {
    pub program: &'static str,
    args: &'static [&'static str],
    pub ending: &'static str,
}

/// The smallest first.
pub const CODINGS: [Coding; 2] = [
    Coding {
        program: "brotli",
        args: &["-q", "11", "-c"],
        ending: "br",
    },
    Coding {
        program: "gzip",
        args: &["-9", "-n", "-c"],
        ending: "gz",
    },
];

impl Coding {
    /// Where the copy of a file lies.
    pub fn copy_of(&self, file: &Path) -> PathBuf {
        let mut name = file.as_os_str().to_owned();
        name.push(".");
        name.push(self.ending);
        name.into()
    }

    /// Makes the copy; `false` where the program is missing.
    fn compress(&self, file: &Path) -> anyhow::Result<bool> {
        let copy = self.copy_of(file);
        let made = Command::new(self.program)
            .args(self.args)
            .arg(file)
            .stdout(File::create(&copy)?)
            .stderr(Stdio::null())
            .status();
        let made = match made {
            Ok(status) => status.success(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(error).context(self.program),
        };
        if !made {
            fs::remove_file(copy)?;
        }
        Ok(made)
    }
}

/// Makes every copy, and names the programs that are missing.
pub fn folder(web: &Path) -> anyhow::Result<Vec<&'static str>> {
    let mut missing = Vec::new();
    for coding in &CODINGS {
        for kind in KINDS {
            for file in files(web, kind)? {
                if !coding.compress(&file)? && !missing.contains(&coding.program) {
                    missing.push(coding.program);
                }
            }
        }
    }
    Ok(missing)
}

/// The files of a kind, in subfolders too.
pub fn files(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = all_files(folder)?;
    found.retain(|path| path.extension().is_some_and(|is| is == extension));
    Ok(found)
}

/// Every file, in subfolders too.
pub fn all_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(all_files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_lies_beside_its_file() {
        let copy = CODINGS[0].copy_of(Path::new("web/app.js"));
        assert_eq!(copy, Path::new("web/app.js.br"));
    }

    #[test]
    fn a_missing_program_leaves_no_empty_copy() {
        let web = tempfile::tempdir().expect("BUG: there is a temporary folder");
        let file = web.path().join("a.js");
        fs::write(&file, "1234").expect("BUG: it is ours to write");
        let coding = Coding {
            program: "no-such-compressor",
            args: &[],
            ending: "x",
        };
        assert!(!coding.compress(&file).expect("BUG: the folder is there"));
        assert!(!coding.copy_of(&file).exists());
    }
}
