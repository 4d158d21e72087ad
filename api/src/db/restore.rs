//! Replaces an SQLite database with a copy, in two steps: the copy is staged beside the database,
//! where it can be migrated, and then renamed.

use super::backup::{BackupError, Summary, vacuum_into, verify};
use super::fs;
use rustix::fs::{FlockOperation, fcntl_lock};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// SQLite's sidecar files; a log that is left behind would be applied to the new file.
const SIDECAR_SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// A copy beside the database that is not renamed yet.
#[must_use]
pub struct Staged {
    /// The path of the copy.
    pub path: PathBuf,
    /// The content of the copy.
    pub contents: Summary,
    database: PathBuf,
    /// Held until the rename, so that no process opens the database meanwhile.
    _lock: Option<File>,
}

/// Copies the backup beside the database, if the backup is intact and the database is not in use.
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
    // Includes changes in a log beside the backup, if it is a database whose process was killed.
    vacuum_into(backup, &staged.path).await?;
    Ok(staged)
}

impl Staged {
    /// Renames the copy to the database. The previous database is kept beside it; returns its new
    /// name.
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
    /// An unused copy contains hashes and is useless.
    fn drop(&mut self) {
        for end in SIDECAR_SUFFIXES {
            let _ = std::fs::remove_file(with(&self.path, end));
        }
    }
}

/// A process that has an SQLite database open in WAL mode holds a lock on some byte of it, so a
/// lock on the whole file excludes all of them. This works even if SQLite cannot read the file.
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
