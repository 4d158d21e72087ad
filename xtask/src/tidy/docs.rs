//! What the pages say of the project is true.

use super::tree::{SourceFile, Tree};
use crate::verb::VERBS;

const DECISIONS: &str = "docs/adr/";

/// Each decision has a number of its own.
pub fn check_decisions(tree: &Tree) -> Vec<String> {
    let mut seen = Vec::new();
    let mut breaches = Vec::new();
    for file in &tree.files {
        let Some(name) = file.path.strip_prefix(DECISIONS) else {
            continue;
        };
        let number = name.split('-').next().unwrap_or_default();
        if number.len() != 4 || number.parse::<u16>().is_err() || !file.is("md") {
            breaches.push(format!(
                "{}: a decision is called 0001-its-title.md",
                file.path
            ));
        } else if seen.contains(&number) {
            breaches.push(format!(
                "{}: another decision is number {number}",
                file.path
            ));
        }
        seen.push(number);
    }
    breaches
}

/// Verbs that pages and scripts tell people to use exist.
pub fn check_verbs(tree: &Tree) -> Vec<String> {
    let is_page = |file: &&SourceFile| file.is("md") || file.path == ".ci/run";
    let pages = tree.files.iter().filter(is_page);
    pages
        .flat_map(|page| {
            let unknown = verbs(&page.text).filter(|verb| VERBS.iter().all(|v| v.name != *verb));
            unknown.map(|verb| format!("{}: there is no `cargo xtask {verb}`", page.path))
        })
        .collect()
}

/// The words that stand right behind `cargo xtask`.
fn verbs(text: &str) -> impl Iterator<Item = &str> {
    let calls = text.split("cargo xtask ").skip(1);
    calls.filter_map(|rest| {
        let is_verb = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let end = rest.find(|c| !is_verb(c)).unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

/// Folders and files that ARCHITECTURE.md names are there.
pub fn check_folders(tree: &Tree) -> Vec<String> {
    const PAGE: &str = "ARCHITECTURE.md";
    let text = tree.text(PAGE).unwrap_or_default();
    // Every second piece between backticks is quoted.
    let quoted = text.split('`').skip(1).step_by(2);
    let places = quoted.filter(|word| is_place(word));
    places
        .filter(|place| !is_there(tree, place))
        .map(|place| format!("{PAGE}: there is no {place}"))
        .collect()
}

fn is_place(word: &str) -> bool {
    let is_path = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let is_file = [".rs", ".md", ".json", ".toml"]
        .iter()
        .any(|end| word.ends_with(end));
    is_path && !word.starts_with('/') && (word.ends_with('/') || is_file)
}

/// From the top level, or somewhere below it where the page speaks of one folder.
fn is_there(tree: &Tree, place: &str) -> bool {
    let inside = format!("/{place}");
    tree.files.iter().any(|file| {
        let path = &file.path;
        path.starts_with(place) || path.contains(&inside)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    #[test]
    fn decisions_are_numbered_and_no_number_is_used_twice() {
        let good = [("docs/adr/0001-a.md", ""), ("docs/adr/0002-b.md", "")];
        assert!(check_decisions(&tree(&good)).is_empty());
        let bad = [
            ("docs/adr/0001-a.md", ""),
            ("docs/adr/0001-b.md", ""),
            ("docs/adr/notes.md", ""),
        ];
        assert_eq!(check_decisions(&tree(&bad)).len(), 2);
    }

    #[test]
    fn a_verb_that_is_not_there_is_a_breach() {
        let page = "Run `cargo xtask dev`, or `cargo xtask deploy --now`. `cargo xtask` lists, `cargo xtask <verb>` runs.";
        assert_eq!(
            check_verbs(&tree(&[("README.md", page)])),
            ["README.md: there is no `cargo xtask deploy`"]
        );
    }

    #[test]
    fn a_folder_that_is_gone_is_a_breach() {
        let page = "`api/src/`, `page/`, `cookie.rs`, `gone/`, `lost.rs`, `application/json`, `/api/auth/`";
        let files = [
            ("ARCHITECTURE.md", page),
            ("api/src/http/cookie.rs", ""),
            ("web/src/page/home.rs", ""),
        ];
        assert_eq!(
            check_folders(&tree(&files)),
            [
                "ARCHITECTURE.md: there is no gone/",
                "ARCHITECTURE.md: there is no lost.rs"
            ]
        );
    }
}
