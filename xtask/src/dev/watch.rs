//! What the API is built from, looked at twice a second. A few hundred files take under a
//! millisecond to look at, which no watcher crate with its queues and platforms is worth.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Everything in these folders, and these files, makes the API.
const SOURCES: [&str; 5] = [
    "api",
    "shared",
    "crates/protocol",
    "Cargo.toml",
    "Cargo.lock",
];

type Snapshot = BTreeMap<PathBuf, (SystemTime, u64)>;

/// Remembers how the sources looked.
pub struct Watch {
    sources: Vec<PathBuf>,
    seen: Snapshot,
}

impl Watch {
    /// From now on, over the API's sources in a checkout.
    pub fn over(root: &Path) -> Self {
        let sources: Vec<_> = SOURCES.iter().map(|name| root.join(name)).collect();
        let seen = snapshot(&sources);
        Self { sources, seen }
    }

    /// Whether anything differs from when this was last asked.
    pub fn has_changed(&mut self) -> bool {
        let now = snapshot(&self.sources);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }
}

fn snapshot(sources: &[PathBuf]) -> Snapshot {
    let mut files = Snapshot::new();
    let mut left = sources.to_vec();
    while let Some(path) = left.pop() {
        // What vanishes while we look is seen as gone.
        let Ok(about) = fs::metadata(&path) else {
            continue;
        };
        if about.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            left.extend(entries.map(|entry| entry.path()));
        } else if let Ok(modified) = about.modified() {
            files.insert(path, (modified, about.len()));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_a_new_file_and_a_removal_are_changes() {
        let root = tempfile::tempdir().expect("BUG: there is a temporary folder");
        let source = root.path().join("api/src");
        fs::create_dir_all(&source).expect("BUG: it is ours to write");
        fs::write(source.join("a.rs"), "a").expect("BUG: it is ours to write");
        let mut watch = Watch::over(root.path());
        assert!(!watch.has_changed());

        fs::write(source.join("a.rs"), "longer").expect("BUG: it is ours to write");
        assert!(watch.has_changed());
        fs::write(source.join("b.rs"), "b").expect("BUG: it is ours to write");
        assert!(watch.has_changed());
        fs::remove_file(source.join("b.rs")).expect("BUG: it is ours to write");
        assert!(watch.has_changed());
        assert!(!watch.has_changed());
    }
}
