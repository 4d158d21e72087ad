//! PostgreSQL's programs, of which the tests make a server of their own.

use crate::environment;
use std::fs;
use std::path::{Path, PathBuf};

/// Where Debian puts each version, because several may be installed.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Makes a server's files; who has it has the rest.
const TELLING: &str = "initdb";

/// The folder of the newest, or one line that says how to get them.
pub fn find() -> Result<PathBuf, String> {
    let on_path = environment::on_path(TELLING);
    // A link on the `PATH` may have come without its neighbours.
    let named = on_path.first().and_then(|link| fs::canonicalize(link).ok());
    named
        .and_then(|program| program.parent().map(Path::to_owned))
        .or_else(|| newest(Path::new(DEBIAN)))
        .ok_or_else(|| {
            "PostgreSQL is not there; `apt-get install postgresql` installs it".to_owned()
        })
}

fn newest(versions: &Path) -> Option<PathBuf> {
    let number = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let folders = fs::read_dir(versions).ok()?.flatten();
    let numbered = folders.filter_map(|entry| Some((number(&entry.path())?, entry.path())));
    let programs = numbered.map(|(number, folder)| (number, folder.join("bin")));
    let whole = programs.filter(|(_, folder)| folder.join(TELLING).is_file());
    Some(whole.max()?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_that_is_whole_is_taken() {
        let versions = tempfile::tempdir().expect("there is room");
        let make = |version: &str, program: &str| {
            let folder = versions.path().join(version).join("bin");
            fs::create_dir_all(&folder).expect("there is room");
            fs::write(folder.join(program), "").expect("there is room");
        };
        assert_eq!(newest(versions.path()), None);
        make("9", TELLING);
        make("15", TELLING);
        make("17", "psql");
        let newest = newest(versions.path());
        assert_eq!(newest, Some(versions.path().join("15").join("bin")));
    }
}
