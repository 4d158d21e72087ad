//! The page about OWASP ASVS forgets no requirement.

use super::tree::Tree;

const PAGE: &str = "docs/asvs.md";
/// How many requirements version 5.0.0 has, by level.
const REQUIREMENTS: [(&str, usize); 2] = [("1", 70), ("2", 183)];

/// Every requirement of levels 1 and 2 stands there once.
pub fn check(tree: &Tree) -> Vec<String> {
    let Some(page) = tree.text(PAGE) else {
        return Vec::new();
    };
    let mut rows: Vec<_> = page.lines().filter_map(row).collect();
    let mut breaches = Vec::new();
    for (level, expected) in REQUIREMENTS {
        let found = rows.iter().filter(|(_, of)| *of == level).count();
        if found != expected {
            breaches.push(format!(
                "{PAGE}: level {level} has {expected} requirements, not {found}"
            ));
        }
    }
    rows.sort_unstable();
    let twice = rows.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    breaches.extend(twice.map(|pair| format!("{PAGE}: {} stands there twice", pair[0].0)));
    breaches
}

/// The id and the level of a row about a requirement.
fn row(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
    let (id, level) = (cells.next()?, cells.next()?);
    let is_id = id.split('.').count() == 3 && id.split('.').all(|part| part.parse::<u8>().is_ok());
    is_id.then_some((id, level))
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    fn page(first: usize, second: usize) -> String {
        let rows = |level: usize, count: usize| {
            let row = move |n| format!("| {level}.{}.{} | {level} | a |\n", n / 99, n % 99);
            (0..count).map(row).collect::<Vec<_>>().concat()
        };
        format!(
            "| id | level | asks |\n{}{}",
            rows(1, first),
            rows(2, second)
        )
    }

    #[test]
    fn a_requirement_that_is_missing_or_there_twice_is_a_breach() {
        let breaches = |page: &str| check(&tree(&[(PAGE, page)]));
        assert!(breaches(&page(70, 183)).is_empty());
        assert_eq!(
            breaches(&page(69, 183)),
            ["docs/asvs.md: level 1 has 70 requirements, not 69"]
        );
        let twice = page(69, 183) + "| 1.0.1 | 1 | again |\n";
        assert_eq!(breaches(&twice), ["docs/asvs.md: 1.0.1 stands there twice"]);
    }
}
