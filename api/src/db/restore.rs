//! Putting a copy of an SQLite file in the database's place, in two steps: it is staged beside the
//! database, where it can be brought up to date, and then takes its name.

use super::backup::{BackupError, Summary, vacuum_into, verify};
use super::fs;
use rustix::fs::{FlockOperation, fcntl_lock};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// What SQLite keeps beside a file; a log that stayed behind would be read into the next one.
const SIDECAR_SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// A copy that waits beside the database for its name.
#[must_use]
pub struct Staged {
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    pub contents: Summary,
    database: PathBuf,
    /// Held until the name changed hands: nobody opens the database meanwhile.
    _lock: Option<File>,
}

/// Copies it beside the database, if it is whole and nobody uses the database.
pub async fn stage(backup: &Path, database: &Path, replace: bool) -> Result<Staged, BackupError> {
    let contents = verify(backup).await?;
    if !replace {
        fs::ensure_absent(database)?;
    }
    if let Some(folder) = database.parent() {
        let mut builder = std::fs::DirBuilder::new();
        fs::with_path(folder, builder.recursive(true).mode(0o700).create(folder))?;
    }
    let lock = lock(database)?;
    let path = fs::with_suffix(database, "restoring");
    for end in SIDECAR_SUFFIXES {
        remove(&with(&path, end))?;
    }
    fs::create_empty(&path)?;
    let staged = Staged {
        path,
        contents,
        database: database.to_owned(),
        _lock: lock,
    };
    // With what may still be in a log beside it, where it is a database that was killed.
    vacuum_into(backup, &staged.path).await?;
    Ok(staged)
}

impl Staged {
    /// Gives it the database's name. What had it before is kept beside it under the name that is
    /// given back.
    pub fn commit(self, aside: &str) -> Result<Option<PathBuf>, BackupError> {
        fs::sync(&self.path)?;
        let aside = fs::with_suffix(&self.database, aside);
        let mut moved = false;
        for end in SIDECAR_SUFFIXES {
            let (from, to) = (with(&self.database, end), with(&aside, end));
            if from.exists() {
                fs::ensure_absent(&to)?;
                fs::rename(&from, &to)?;
                moved = true;
            }
        }
        fs::rename(&self.path, &self.database)?;
        Ok(moved.then_some(aside))
    }
}

impl Drop for Staged {
    /// What did not take the place holds hashes, and is worth nothing.
    fn drop(&mut self) {
        for end in SIDECAR_SUFFIXES {
            let _ = std::fs::remove_file(with(&self.path, end));
        }
    }
}

/// Whoever has an SQLite database open in WAL mode holds a lock on some byte of it, so a lock on
/// all of it is had by nobody else; and SQLite need not be able to read the file to tell.
fn lock(database: &Path) -> Result<Option<File>, BackupError> {
    let file = match OpenOptions::new().read(true).write(true).open(database) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return fs::with_path(database, Err(error)),
    };
    match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(_) => Err(BackupError::InUse(database.to_owned())),
    }
}

fn remove(path: &Path) -> Result<(), BackupError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => fs::with_path(path, Err(error)),
        _ => Ok(()),
    }
}

fn with(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}
