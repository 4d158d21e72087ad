//! Names say what is inside.

use super::tree::Tree;

/// Names of files that could hold anything.
const EMPTY_WORDS: [&str; 8] = [
    "mod", "utils", "util", "common", "prelude", "types", "helper", "helpers",
];
const EMPTY_ENDINGS: [&str; 7] = [
    "_service", "_manager", "_util", "_utils", "_helper", "_helpers", "_dto",
];

/// What is got needs no saying; put together here, so that this file has none.
const GETTER: &str = concat!("fn g", "et_");
/// A method that sea-orm's `ConnectionTrait` names.
const FOREIGN_GETTER: &str = concat!("fn g", "et_database_backend(");

/// The top level is the first page of the project.
const TOP_LEVEL: [&str; 25] = [
    ".cargo",
    ".ci",
    ".env.example",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "api",
    "bench",
    "clippy.toml",
    "crates",
    "deny.toml",
    "docs",
    "openapi.json",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "shared",
    "web",
    "xtask",
];

/// Files, functions and the top level have the names that are agreed.
pub fn check(tree: &Tree) -> Vec<String> {
    let mut breaches: Vec<_> = tree.rust("").filter_map(|file| empty(&file.path)).collect();
    for file in tree.rust("") {
        let getters = file
            .code()
            .filter(|(_, line)| line.contains(GETTER) && !line.contains(FOREIGN_GETTER));
        breaches.extend(
            getters.map(|(number, _)| format!("{}:{number} a function's name says get", file.path)),
        );
    }
    let mut strangers: Vec<_> = tree
        .files
        .iter()
        .filter_map(|file| file.path.split('/').next())
        .filter(|top| !TOP_LEVEL.contains(top))
        .collect();
    strangers.dedup();
    breaches.extend(
        strangers
            .iter()
            .map(|top| format!("{top}: not a name of the top level")),
    );
    breaches
}

fn empty(path: &str) -> Option<String> {
    // What several test files share can only be a mod.rs in a folder.
    if path.contains("/tests/") && path.ends_with("/mod.rs") {
        return None;
    }
    let stem = path.rsplit('/').next()?.strip_suffix(".rs")?;
    let is_empty =
        EMPTY_WORDS.contains(&stem) || EMPTY_ENDINGS.iter().any(|ending| stem.ends_with(ending));
    is_empty.then(|| format!("{path}: a name that says nothing of what is inside"))
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    #[test]
    fn names_that_could_hold_anything_are_breaches() {
        for path in [
            "api/src/auth/mod.rs",
            "web/src/utils.rs",
            "shared/src/types.rs",
            "api/src/user_service.rs",
        ] {
            assert_eq!(check(&tree(&[(path, "")])).len(), 1, "{path}");
        }
        assert_eq!(
            check(&tree(&[("api/src/a.rs", &format!("{GETTER}user() {{}}"))])).len(),
            1
        );
    }

    #[test]
    fn names_of_the_domain_are_free() {
        let good = tree(&[
            ("api/src/auth/session.rs", "fn target_user() {}"),
            ("api/tests/it/mod.rs", ""),
            ("README.md", ""),
        ]);
        assert!(check(&good).is_empty());
    }

    #[test]
    fn a_stranger_on_the_top_level_is_named_once() {
        let bad = tree(&[("notes/a.txt", ""), ("notes/b.txt", ""), ("README.md", "")]);
        assert_eq!(check(&bad), ["notes: not a name of the top level"]);
    }
}
