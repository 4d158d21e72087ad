//! The one place that reads the process's environment.

use std::path::{Path, PathBuf};

/// The variable's value, if it is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "the tools and the browser are found through the environment, and only here"
)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether a machine, not a person, is watching.
pub fn is_ci() -> bool {
    variable("CI").is_some_and(|value| value == "true" || value == "1")
}

/// Where cargo keeps what it fetched.
pub fn cargo_home() -> PathBuf {
    let set = variable("CARGO_HOME").map(PathBuf::from);
    set.unwrap_or_else(|| PathBuf::from(variable("HOME").unwrap_or_default()).join(".cargo"))
}

/// Every file called `name` in the folders of `PATH`, first come first.
pub fn on_path(name: &str) -> Vec<PathBuf> {
    let path = variable("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .filter(|file| file.is_file())
        .collect()
}

/// A program on the `PATH`, or where Debian puts those of root, which is on the `PATH` of root alone.
pub fn program(name: &str) -> Option<PathBuf> {
    let of_root = Path::new("/usr/sbin").join(name);
    let on_path = on_path(name).into_iter().next();
    on_path.or_else(|| of_root.is_file().then_some(of_root))
}

/// The `PATH` of a child that looks into `first` before anywhere else.
pub fn path_with(first: &[PathBuf]) -> String {
    let path = variable("PATH").unwrap_or_default();
    let folders = first.iter().map(|folder| folder.display().to_string());
    folders.chain([path]).collect::<Vec<_>>().join(":")
}
