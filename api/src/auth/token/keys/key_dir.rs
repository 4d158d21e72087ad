//! Key files on disk: `<kid>.json`, readable by their owner only, written atomically.

use super::jwk::KeyFile;
use rustix::process::geteuid;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Another user with write access could add a key of their own.
const WRITABLE_BY_OTHERS: u32 = 0o022;
/// The group may read: orchestrators provide secrets to a process this way.
const OPEN_TO_OTHERS: u32 = 0o027;

/// A key file: its id by the file name, and its content.
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) read: Result<KeyFile, String>,
}

/// The keys in a directory, or the one in a file. Hidden files and files with other extensions are
/// ignored.
pub(crate) fn entries(path: &Path) -> Result<Vec<Entry>, String> {
    let metadata = fs::metadata(path).map_err(|error| format!("cannot be read ({error})"))?;
    if metadata.is_file() {
        return Ok(vec![entry(path)]);
    }
    if metadata.mode() & WRITABLE_BY_OTHERS != 0 {
        return Err("is a folder that others can write to".to_owned());
    }
    if is_of_another(&metadata) {
        return Err("is a folder of another user, who could plant a key".to_owned());
    }
    let list = || fs::read_dir(path)?.collect::<io::Result<Vec<_>>>();
    let list = list().map_err(|error| format!("cannot be read ({error})"))?;
    let mut files: Vec<_> = list.into_iter().map(|entry| entry.path()).collect();
    files.retain(|path| is_key_file(path));
    files.sort();
    let mut entries: Vec<_> = files.iter().map(|path| entry(path)).collect();
    for found in &mut entries {
        let is_misnamed = |key: &KeyFile| key.id() != found.id;
        if found.read.as_ref().is_ok_and(is_misnamed) {
            found.read = Err(format!("holds {}.json, named unlike its key", found.id));
        }
    }
    Ok(entries)
}

/// Whether the owner is neither this user nor root: an owner can change mode and content at any
/// time.
fn is_of_another(metadata: &Metadata) -> bool {
    !trusts(metadata.uid(), geteuid().as_raw())
}

fn trusts(owner: u32, us: u32) -> bool {
    owner == us || owner == 0
}

/// Whether the directory does not exist but its parent does; then it counts as empty.
pub(crate) fn is_to_be_made(path: &Path) -> bool {
    let is_missing = fs::symlink_metadata(path).is_err_and(|e| e.kind() == ErrorKind::NotFound);
    let is_file = path.extension().is_some();
    let parent = path.parent().filter(|parent| *parent != Path::new(""));
    is_missing && !is_file && parent.unwrap_or(Path::new(".")).is_dir()
}

fn is_key_file(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let shown = name.is_some_and(|name| !name.starts_with('.'));
    shown && path.extension().is_some_and(|ending| ending == "json")
}

fn entry(path: &Path) -> Entry {
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Entry {
        read: read(path).map_err(|problem| format!("holds {name}, which {problem}")),
        id: id.into_owned(),
    }
}

fn read(path: &Path) -> Result<KeyFile, String> {
    let cannot = |error: io::Error| format!("cannot be read ({error})");
    let file = File::open(path).map_err(cannot)?;
    let metadata = file.metadata().map_err(cannot)?;
    if metadata.mode() & OPEN_TO_OTHERS != 0 {
        return Err("others can read or change: chmod 600".to_owned());
    }
    if is_of_another(&metadata) {
        return Err("belongs to another user: chown it to the user that runs this".to_owned());
    }
    let text = Zeroizing::new(io::read_to_string(file).map_err(cannot)?);
    KeyFile::parse(text.as_bytes()).map_err(str::to_owned)
}

/// Creates the directory unless it exists, for its owner only.
pub(crate) fn prepare(folder: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    if fs::metadata(folder)?.is_dir() {
        Ok(())
    } else {
        Err(ErrorKind::NotADirectory.into())
    }
}

/// Writes a new or changed key atomically: a reader sees the old file or the new one.
pub(crate) fn write(folder: &Path, key: &KeyFile) -> io::Result<()> {
    let id = key.id();
    let unfinished = folder.join(format!(".{id}.{}.new", std::process::id()));
    let written =
        write_new(&unfinished, key).and_then(|()| fs::rename(&unfinished, file_of(folder, &id)));
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    written?;
    File::open(folder)?.sync_all()
}

fn write_new(path: &Path, key: &KeyFile) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(key.to_json().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

/// Deletes the file of a key.
pub(crate) fn delete(folder: &Path, id: &str) -> io::Result<()> {
    fs::remove_file(file_of(folder, id))?;
    File::open(folder)?.sync_all()
}

fn file_of(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ours_and_the_systems_files_are_trusted() {
        for (owner, us, trusted) in [(0, 0, true), (0, 7, true), (7, 7, true), (7, 0, false)] {
            assert_eq!(trusts(owner, us), trusted, "{owner} {us}");
        }
    }

    #[test]
    fn a_folder_may_be_made_where_its_parent_is() {
        let parent = tempfile::tempdir().expect("there is room");
        let path = |name: &str| parent.path().join(name);
        assert!(is_to_be_made(&path("keys")));
        assert!(!is_to_be_made(&path("no/keys")));
        assert!(!is_to_be_made(&path("key.json")), "that is a file");
        prepare(&path("keys")).expect("it is ours");
        assert!(!is_to_be_made(&path("keys")));
    }
}
