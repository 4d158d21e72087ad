//! Files that a person can read at once.

use super::tree::{SourceFile, Tree};

/// A file over this wants another name inside it, not a waiver.
const MOST_LINES: usize = 300;
/// Pages are what a newcomer reads first, and copies; their tests are not counted.
const PAGES: &str = "web/src/page/";
const MOST_LINES_OF_A_PAGE: usize = 119;
const MOST_BYTES: u64 = 1024 * 1024;

/// No file is too long or too heavy.
pub fn check(tree: &Tree) -> Vec<String> {
    let too_long = |file: &SourceFile, lines: usize, most: usize| {
        (lines > most).then(|| format!("{}: {lines} lines, more than {most}", file.path))
    };
    let long = tree
        .rust("")
        .filter_map(|file| too_long(file, lines(file), MOST_LINES));
    let pages = tree
        .rust(PAGES)
        .filter_map(|file| too_long(file, untested_lines(file), MOST_LINES_OF_A_PAGE));
    let heavy = tree
        .files
        .iter()
        .filter(|file| file.bytes > MOST_BYTES)
        .map(|file| {
            format!(
                "{}: {} bytes, more than {MOST_BYTES}",
                file.path, file.bytes
            )
        });
    long.chain(pages).chain(heavy).collect()
}

/// How long Rust files are.
pub fn report(tree: &Tree) -> String {
    let mut sizes: Vec<_> = tree
        .rust("")
        .map(|file| (lines(file), &file.path))
        .collect();
    sizes.sort_unstable();
    let at = |percent: usize| {
        sizes
            .get(sizes.len() * percent / 100)
            .map_or(0, |(size, _)| *size)
    };
    let longest: Vec<_> = sizes
        .iter()
        .rev()
        .take(3)
        .map(|(size, path)| format!("{path} {size}"))
        .collect();
    format!(
        "{} Rust files: median {} lines, p90 {}, longest {}",
        sizes.len(),
        at(50),
        at(90),
        longest.join(", ")
    )
}

fn lines(file: &SourceFile) -> usize {
    file.text.lines().count()
}

fn untested_lines(file: &SourceFile) -> usize {
    let lines = file.text.lines();
    lines.take_while(|line| *line != "#[cfg(test)]").count()
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    #[test]
    fn a_page_too_many_and_a_byte_too_many_are_breaches() {
        let long = "x\n".repeat(MOST_LINES + 1);
        assert_eq!(
            check(&tree(&[("a.rs", &long)])),
            ["a.rs: 301 lines, more than 300"]
        );
        assert!(check(&tree(&[("a.md", &long), ("b.rs", &long[2..])])).is_empty());
        let heavy = "x".repeat(1024 * 1024 + 1);
        assert_eq!(check(&tree(&[("a.png", &heavy)])).len(), 1);
        assert!(check(&tree(&[("a.png", &heavy[1..])])).is_empty());
    }

    #[test]
    fn a_page_is_short() {
        let page = "x\n".repeat(119);
        let tested = format!("{page}#[cfg(test)]\n{page}");
        assert!(check(&tree(&[("web/src/page/a.rs", &tested)])).is_empty());
        assert_eq!(
            check(&tree(&[("web/src/page/a.rs", &format!("{page}x\n"))])),
            ["web/src/page/a.rs: 120 lines, more than 119"]
        );
    }

    #[test]
    fn the_report_knows_the_middle_and_the_end() {
        let texts: Vec<_> = (1..=10)
            .map(|n| (format!("{n}.rs"), "x\n".repeat(n)))
            .collect();
        let files: Vec<_> = texts
            .iter()
            .map(|(p, t)| (p.as_str(), t.as_str()))
            .collect();
        assert_eq!(
            report(&tree(&files)),
            "10 Rust files: median 6 lines, p90 10, longest 10.rs 10, 9.rs 9, 8.rs 8"
        );
    }
}
