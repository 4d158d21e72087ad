//! Handling of database files from outside: each step is on the disk before the next begins.

use super::backup::BackupError;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A file of that name with an ending of its own.
pub(super) fn with_suffix(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Refuses a name that something has, even if it leads nowhere.
pub(super) fn ensure_absent(file: &Path) -> Result<(), BackupError> {
    match fs::symlink_metadata(file) {
        Ok(_) => Err(BackupError::AlreadyExists(file.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => with_path(file, Err(error)),
    }
}

/// An empty file for its owner alone, in the place of whatever was there.
pub(super) fn create_empty(file: &Path) -> Result<File, BackupError> {
    if file.exists() {
        with_path(file, fs::remove_file(file))?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    with_path(file, options.open(file))
}

/// Everything that was written is on the disk.
pub(super) fn sync(file: &Path) -> Result<(), BackupError> {
    with_path(file, File::open(file).and_then(|file| file.sync_all()))
}

/// Gives it another name in its folder, also after a loss of power.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), BackupError> {
    with_path(to, fs::rename(from, to))?;
    let folder = to.parent().filter(|folder| folder != &Path::new(""));
    sync(folder.unwrap_or(Path::new(".")))
}

/// Whose fault it was.
pub(super) fn with_path<T>(file: &Path, done: io::Result<T>) -> Result<T, BackupError> {
    done.map_err(|error| BackupError::Disk {
        file: file.to_owned(),
        error,
    })
}
