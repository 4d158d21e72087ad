//! What the browser has to fetch: raw, and as the compressed copies are.

use super::compress::{CODINGS, Coding, KINDS, files};
use crate::environment;
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

/// What code may weigh on its way to the browser, wasm and JavaScript together, by brotli.
const BUDGET: u64 = 190_000;

/// Says what of the budget is spent, and refuses what is over it.
pub fn check_budget(web: &Path) -> anyhow::Result<()> {
    let mut code = Row::named("code");
    for kind in ["wasm", "js"] {
        for file in files(web, kind)? {
            code.add(&Row::of(&file)?);
        }
    }
    let Some(spent) = code.brotli else {
        anyhow::ensure!(
            !environment::is_ci(),
            "no brotli here to weigh the code with"
        );
        println!("no brotli here: nobody knows whether the code keeps to its budget of {BUDGET}");
        return Ok(());
    };
    println!("code {spent} of {BUDGET} bytes");
    anyhow::ensure!(
        spent <= BUDGET,
        "the code is {} bytes over its budget",
        spent - BUDGET
    );
    Ok(())
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
        fs::write(web.path().join("c.png"), "789").expect("BUG: it is ours to write");
        let text = table(web.path()).expect("BUG: the folder is there");
        let raw = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_whitespace().nth(1))
        };
        assert_eq!(raw("js"), Some("6"));
        assert_eq!(raw("all"), Some("6"));
    }

    #[test]
    fn code_over_its_budget_is_refused() {
        let web = tempfile::tempdir().expect("BUG: there is a temporary folder");
        let write = |name: &str, bytes: u64| {
            let file = fs::File::create(web.path().join(name)).expect("BUG: it is ours to write");
            file.set_len(bytes).expect("BUG: it is ours to write");
        };
        write("a.wasm", 1);
        write("a.js", 1);
        write("a.js.br", 10);
        write("a.wasm.br", BUDGET - 10);
        assert!(check_budget(web.path()).is_ok());
        write("a.wasm.br", BUDGET - 9);
        assert!(check_budget(web.path()).is_err());
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
