//! What the browser has to fetch: raw, and as the compressed copies are.

use super::compress::{CODINGS, Coding, KINDS, files};
use std::fs;
use std::path::Path;

/// Each kind of file with its sizes, and their sum.
pub fn table(web: &Path) -> anyhow::Result<String> {
    let mut rows = Vec::new();
    for kind in KINDS {
        let mut row = Row::named(kind);
        for file in files(web, kind)? {
            row.add(&Row::of(&file)?);
        }
        rows.push(row);
    }
    let mut sum = Row::named("all");
    for row in &rows {
        sum.add(row);
    }
    rows.push(sum);
    let head = format!(
        "{:<5}{:>10}{:>10}{:>10}",
        "bytes", "raw", "gzip -9", "brotli"
    );
    let lines = rows.iter().map(Row::line);
    Ok([head]
        .into_iter()
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n"))
}

struct Row {
    name: String,
    raw: u64,
    /// Unknown where the program is missing.
    gzip: Option<u64>,
    brotli: Option<u64>,
}

impl Row {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            raw: 0,
            gzip: Some(0),
            brotli: Some(0),
        }
    }

    fn of(file: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            raw: fs::metadata(file)?.len(),
            brotli: copied(file, &CODINGS[0]),
            gzip: copied(file, &CODINGS[1]),
            ..Self::named("")
        })
    }

    fn add(&mut self, other: &Self) {
        self.raw += other.raw;
        self.gzip = self.gzip.zip(other.gzip).map(|(a, b)| a + b);
        self.brotli = self.brotli.zip(other.brotli).map(|(a, b)| a + b);
    }

    fn line(&self) -> String {
        let shown = |size: Option<u64>| size.map_or("no tool".to_owned(), |size| size.to_string());
        format!(
            "{:<5}{:>10}{:>10}{:>10}",
            self.name,
            self.raw,
            shown(self.gzip),
            shown(self.brotli)
        )
    }
}

fn copied(file: &Path, coding: &Coding) -> Option<u64> {
    let about = fs::metadata(coding.copy_of(file)).ok()?;
    Some(about.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_subfolders_and_weighed() {
        let web = tempfile::tempdir().expect("BUG: there is a temporary folder");
        fs::create_dir(web.path().join("deep")).expect("BUG: it is ours to write");
        fs::write(web.path().join("a.js"), "1234").expect("BUG: it is ours to write");
        fs::write(web.path().join("deep/b.js"), "56").expect("BUG: it is ours to write");
        fs::write(web.path().join("c.txt"), "789").expect("BUG: it is ours to write");
        let text = table(web.path()).expect("BUG: the folder is there");
        let raw = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_whitespace().nth(1))
        };
        assert_eq!(raw("js"), Some("6"));
        assert_eq!(raw("all"), Some("6"));
    }

    #[test]
    fn a_size_that_nobody_could_measure_is_not_a_number() {
        let mut row = Row::named("js");
        row.add(&Row {
            brotli: None,
            ..Row::named("")
        });
        assert!(row.line().ends_with("no tool"), "{}", row.line());
    }
}
