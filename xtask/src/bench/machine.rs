//! What it ran on, without the name of any machine.

use std::fs;
use std::process::Command;

/// One sentence.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut parts = vec![
        format!("{cores} cores of {}", processor()),
        format!("{} GiB of memory", gibibytes()),
    ];
    let programs = [("node", "Node.js"), ("postgres", "PostgreSQL")];
    for (program, name) in programs {
        let version = version(program).or_else(|| version(&beside(program)?));
        parts.extend(version.map(|version| format!("{name} {version}")));
    }
    parts.join(", ")
}

/// How many programs wanted to run in the last minute, where the system says so.
pub fn load() -> Option<f64> {
    let about = fs::read_to_string("/proc/loadavg").ok()?;
    about.split(' ').next()?.parse().ok()
}

/// PostgreSQL's programs need not be on the `PATH`.
fn beside(program: &str) -> Option<String> {
    let folder = crate::postgres::find().ok()?;
    Some(folder.join(program).display().to_string())
}

fn processor() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let mut lines = about.lines().filter_map(|line| line.split_once(':'));
    let model = lines.find(|(name, _)| name.trim() == "model name");
    model.map_or("an unknown processor".to_owned(), |(_, model)| {
        model.trim().to_owned()
    })
}

fn gibibytes() -> u64 {
    let about = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = about
        .split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse::<u64>().ok());
    kib.unwrap_or(0) / (1024 * 1024)
}

/// The first word that has a number in it: `v20.1.0`, `postgres (PostgreSQL) 15.1 (..)`.
fn version(program: &str) -> Option<String> {
    let said = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let mut words = text
        .split_whitespace()
        .map(|word| word.trim_start_matches('v'));
    let word = words.find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    word.map(str::to_owned)
}
