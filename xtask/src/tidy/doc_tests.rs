//! Some pages promise by the names of tests; a test that is gone is a promise that is broken.

use super::tree::Tree;

/// Pages whose tables have a column of tests.
const PAGES: [&str; 3] = ["SECURITY.md", "docs/industry-bugs.md", "docs/asvs.md"];

/// Every row of a table with a column of tests names tests that are there.
pub fn check(tree: &Tree) -> Vec<String> {
    PAGES
        .iter()
        .flat_map(|page| check_page(tree, page))
        .collect()
}

fn check_page(tree: &Tree, page: &str) -> Vec<String> {
    let mut column = None;
    let mut breaches = Vec::new();
    for (index, line) in tree.text(page).unwrap_or_default().lines().enumerate() {
        let Some(cells) = cells(line) else {
            column = None;
            continue;
        };
        let Some(column) = column else {
            // The first row of a table is its head.
            column = Some(cells.iter().position(|cell| is_about_tests(cell)));
            continue;
        };
        let is_ruler = cells
            .iter()
            .all(|cell| cell.chars().all(|c| "-: ".contains(c)));
        let cell = column.and_then(|column: usize| cells.get(column));
        if let (Some(cell), false) = (cell, is_ruler) {
            let broken = broken(tree, cell).into_iter();
            breaches.extend(broken.map(|what| format!("{page}:{} {what}", index + 1)));
        }
    }
    breaches
}

fn cells(line: &str) -> Option<Vec<&str>> {
    let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(row.split('|').map(str::trim).collect())
}

fn is_about_tests(cell: &str) -> bool {
    cell.to_lowercase().contains("test")
}

fn broken(tree: &Tree, cell: &str) -> Vec<String> {
    let names: Vec<_> = cell.split('`').skip(1).step_by(2).collect();
    if names.is_empty() {
        return vec!["names no test".to_owned()];
    }
    let gone = names.iter().filter(|name| !is_test(tree, name));
    gone.map(|name| format!("there is no test `{name}`"))
        .collect()
}

/// A function of that name below an attribute that makes it a test; its path may stand before it.
fn is_test(tree: &Tree, name: &str) -> bool {
    let name = name.rsplit("::").next().unwrap_or(name);
    let function = format!("fn {name}(");
    tree.rust("").any(|file| {
        let lines: Vec<_> = file.text.lines().collect();
        lines.iter().enumerate().any(|(index, line)| {
            let above = &lines[index.saturating_sub(4)..index];
            line.contains(&function) && above.iter().any(|line| line.contains("test"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    const CODE: &str = "#[tokio::test]\nasync fn a_thief_is_seen() {}\n\n\n\n\nfn other() {}\n";

    fn breaches(page: &str) -> Vec<String> {
        check(&tree(&[(PAGES[0], page), ("api/tests/it/theft.rs", CODE)]))
    }

    #[test]
    fn a_test_that_is_there_keeps_the_promise() {
        let page = "| threat | tests |\n| --- | --- |\n| theft | `theft::a_thief_is_seen` |\n";
        assert!(breaches(page).is_empty());
    }

    #[test]
    fn a_row_without_a_test_or_with_one_that_is_gone_is_a_breach() {
        let page = "# Threats\n\n| threat | mechanism | test |\n| --- | --- | --- |\n\
            | a | `x` | `a_thief_is_gone` |\n| b | `y` | trust us |\n| c | `z` | `other` |\n";
        assert_eq!(
            breaches(page),
            [
                "SECURITY.md:5 there is no test `a_thief_is_gone`",
                "SECURITY.md:6 names no test",
                "SECURITY.md:7 there is no test `other`",
            ]
        );
    }

    #[test]
    fn other_tables_are_free() {
        assert!(breaches("| threat | answer |\n| --- | --- |\n| a | `none` |\n").is_empty());
    }
}
