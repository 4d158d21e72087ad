//! Pages and components say nothing but what is in the catalogue.

use std::fs;
use std::path::Path;

/// A text in markup, or a text attribute; and anything that begins like a sentence.
fn literals(source: &str) -> Vec<&str> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let code = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let quoted = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted.filter(|text| is_said(text)).collect()
}

fn is_said(text: &str) -> bool {
    let mut chars = text.chars();
    let sentence = chars.next().is_some_and(char::is_uppercase)
        && chars.next().is_some_and(char::is_lowercase);
    // The browser's own names for keys, and our own faults, which nobody reads on a page.
    let known = text == "CapsLock" || text.starts_with("BUG:");
    (sentence || text.starts_with(", ") || text.ends_with('.')) && !known
}

fn check(folder: &Path) {
    for entry in fs::read_dir(folder)
        .expect("BUG: the sources are there")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            check(&path);
            continue;
        }
        let source = fs::read_to_string(&path).expect("BUG: a source is text");
        let found = literals(&source);
        assert!(
            found.is_empty(),
            "{}: {found:?} stand outside the catalogue",
            path.display()
        );
    }
}

#[test]
fn no_page_and_no_component_has_a_text_of_its_own() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    check(&sources.join("page"));
    check(&sources.join("component"));
}

#[test]
fn a_text_of_its_own_is_seen() {
    let page = r#"html! { <p class="card empty">{ "Nobody is called that" }</p> }"#;
    assert_eq!(literals(page), ["Nobody is called that"]);
}
