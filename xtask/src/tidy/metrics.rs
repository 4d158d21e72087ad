//! Metrics that pages and dashboards name are counted.

use super::tree::{SourceFile, Tree};

const PREFIX: &str = concat!("counter", "sign_");
const COUNTED: &str = "api/src/metrics/page.rs";

/// Every metric that is named below `docs/` is in the page that Prometheus reads, and every one
/// there is explained.
pub fn check(tree: &Tree) -> Vec<String> {
    const EXPLAINED: &str = "docs/operations/metrics.md";
    let Some(counted) = tree.text(COUNTED) else {
        return Vec::new();
    };
    let counted: Vec<_> = names(counted).collect();
    let is_page = |file: &&SourceFile| file.path.starts_with("docs/");
    let pages = tree.files.iter().filter(is_page);
    let strange = pages.flat_map(|page| {
        let strange = names(&page.text).filter(|name| !counted.contains(&family(name)));
        strange.map(|name| format!("{}: nobody counts {name}", page.path))
    });
    let explained: Vec<_> = names(tree.text(EXPLAINED).unwrap_or_default()).collect();
    let silent = counted.iter().filter(|name| !explained.contains(name));
    let silent = silent.map(|name| format!("{EXPLAINED}: {name} is missing"));
    strange.chain(silent).collect()
}

/// Words that begin as our metrics do.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(PREFIX).map(move |(start, _)| {
        let rest = &text[start..];
        &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())]
    })
}

/// A histogram's numbers belong to its family.
fn family(name: &str) -> &str {
    let endings = ["_bucket", "_sum", "_count"];
    let base = endings.iter().find_map(|end| name.strip_suffix(end));
    base.unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    fn breaches(page: &str) -> Vec<String> {
        let counted = format!("\"{PREFIX}teas_total\" \"{PREFIX}took_seconds\"");
        check(&tree(&[
            (COUNTED, &counted),
            ("docs/operations/metrics.md", page),
        ]))
    }

    #[test]
    fn what_is_counted_and_explained_is_fine() {
        let page = format!(
            "`{PREFIX}teas_total` rate({PREFIX}took_seconds_sum[1m]) `{PREFIX}took_seconds`"
        );
        assert!(breaches(&page).is_empty());
    }

    #[test]
    fn what_nobody_counts_and_what_nobody_explains_are_breaches() {
        let page = format!("{PREFIX}teas_total {PREFIX}cups");
        assert_eq!(
            breaches(&page),
            [
                format!("docs/operations/metrics.md: nobody counts {PREFIX}cups"),
                format!("docs/operations/metrics.md: {PREFIX}took_seconds is missing"),
            ]
        );
    }
}
