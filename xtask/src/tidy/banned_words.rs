//! What may not stand in any file. The words are put together here, so that this file has none.

use super::tree::{SourceFile, Tree};

/// In Rust files.
const IN_CODE: [(&str, &str); 6] = [
    (
        concat!("#[al", "low("),
        "silence a lint with #[expect(.., reason = \"..\")]",
    ),
    (
        concat!("#![al", "low("),
        "silence a lint with #![expect(.., reason = \"..\")]",
    ),
    (concat!("TO", "DO"), "do it, or leave it out"),
    (concat!("FIX", "ME"), "fix it"),
    (concat!("PATI", "ENCE"), "name the timeout"),
    (concat!("fn ju", "dge"), "say check, verify or decide"),
];

/// In any text: where one person's machine keeps things.
const IN_TEXT: [&str; 3] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
];

/// No silenced lints, no promises to do it later, no drawn lines, nothing of one machine.
pub fn check(tree: &Tree) -> Vec<String> {
    tree.files.iter().flat_map(in_file).collect()
}

fn in_file(file: &SourceFile) -> Vec<String> {
    let is_rust = file.is("rs");
    let mut breaches = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let mut say = |what: &str| breaches.push(format!("{}:{} {what}", file.path, index + 1));
        if IN_TEXT.iter().any(|path| line.contains(path)) {
            say("a path of one machine");
        }
        if !is_rust {
            continue;
        }
        for (word, remedy) in IN_CODE {
            if line.contains(word) {
                say(remedy);
            }
        }
        if is_banner(line) {
            say("a drawn line; a heading wants a file of its own");
        }
    }
    breaches
}

fn is_banner(line: &str) -> bool {
    let comment = line.trim().strip_prefix("//").unwrap_or_default().trim();
    ["====", "----", "****", "####"]
        .iter()
        .any(|rule| comment.starts_with(rule))
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    #[test]
    fn each_word_is_a_breach() {
        for (word, _) in IN_CODE {
            assert_eq!(
                check(&tree(&[("a.rs", &format!("x\n{word}dead_code)]"))])).len(),
                1
            );
        }
        for path in IN_TEXT {
            assert_eq!(
                check(&tree(&[("a.md", &format!("see {path}alice/x"))])).len(),
                1
            );
        }
        assert_eq!(
            check(&tree(&[("a.rs", "// ------ routes ------")])).len(),
            1
        );
    }

    #[test]
    fn the_place_is_named() {
        let bad = tree(&[("a.rs", "fine\n// ==== all ====\n")]);
        assert_eq!(
            check(&bad),
            ["a.rs:2 a drawn line; a heading wants a file of its own"]
        );
    }

    #[test]
    fn a_route_called_home_is_free() {
        assert!(check(&tree(&[("a.rs", "#[at(\"/home\")]\n// it's fine")])).is_empty());
    }
}
