//! The page that shows the tables and the pictures.

use super::figures::Figures;
use super::table::tables;
use super::targets::Target;
use super::{machine, picture};
use anyhow::Context;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/performance.md";
const BEGIN: &str = "<!-- cargo xtask bench writes from here -->\n";
const END: &str = "<!-- to here -->\n";

/// Puts the tables between the marks of the page, and the pictures beside it.
pub fn write(root: &Path, claims: &[Target], figures: &Figures) -> anyhow::Result<()> {
    let load = figures.of("load before");
    let load = load.map_or(String::new(), |load| {
        format!(
            "; load average before it began, builds included, {:.1}",
            load.median
        )
    });
    let machine = machine::describe();
    let tables = tables(claims, figures);
    let mut measured = format!("\nMeasured on {machine}{load}.\n\n{tables}");
    for picture in &picture::ALL {
        let svg = picture.svg(figures);
        fs::write(root.join("docs").join(picture.file), svg)?;
        let _ = write!(measured, "\n![{}]({})\n", picture.title, picture.file);
    }
    let page = fs::read_to_string(root.join(PAGE))?;
    let page = between(&page, &format!("{measured}\n"))
        .context("docs/performance.md has lost its marks")?;
    Ok(fs::write(root.join(PAGE), page)?)
}

fn between(page: &str, new: &str) -> Option<String> {
    let (head, rest) = page.split_once(BEGIN)?;
    let (_, tail) = rest.split_once(END)?;
    Some(format!("{head}{BEGIN}{new}{END}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let page = format!("before\n{BEGIN}old\n{END}after\n");
        let new = between(&page, "new\n");
        assert_eq!(new, Some(format!("before\n{BEGIN}new\n{END}after\n")));
        assert_eq!(between("no marks", "new\n"), None);
        let page = fs::read_to_string(crate::workspace::root().join(PAGE));
        assert!(between(&page.expect("it is there"), "").is_some());
    }
}
