//! File operations on databases that are not open: each step is on the disk before the next begins.

use super::backup::BackupError;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The file name with a suffix.
pub(super) fn with_suffix(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Fails if the name exists, even as a dangling link.
pub(super) fn ensure_absent(file: &Path) -> Result<(), BackupError> {
    match fs::symlink_metadata(file) {
        Ok(_) => Err(BackupError::AlreadyExists(file.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => with_path(file, Err(error)),
    }
}

/// Creates an empty file for its owner only, in place of an existing one.
pub(super) fn create_empty(file: &Path) -> Result<File, BackupError> {
    if file.exists() {
        with_path(file, fs::remove_file(file))?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    with_path(file, options.open(file))
}

/// Waits until all written data is on the disk.
pub(super) fn sync(file: &Path) -> Result<(), BackupError> {
    with_path(file, File::open(file).and_then(|file| file.sync_all()))
}

/// Renames a file within its directory, durably even after a power loss.
pub(super) fn rename(from: &Path, to: &Path) -> Result<(), BackupError> {
    with_path(to, fs::rename(from, to))?;
    let folder = to.parent().filter(|folder| folder != &Path::new(""));
    sync(folder.unwrap_or(Path::new(".")))
}

/// Adds the path to an error.
pub(super) fn with_path<T>(file: &Path, done: io::Result<T>) -> Result<T, BackupError> {
    done.map_err(|error| BackupError::Disk {
        file: file.to_owned(),
        error,
    })
}
