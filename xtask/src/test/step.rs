//! The steps, cheap and telling ones first.

use crate::clients;
use crate::containers;
use crate::examples;
use crate::leash;
use crate::rehearsal;
use crate::tools;
use std::process::Command;

/// What `--deep` asks for, by variable: the default is 256 cases of each property, and on each
/// database 150 schedules and 25 times `kill -9`.
pub const DEEP: [(&str, &str); 3] = [
    ("PROPTEST_CASES", "8192"),
    ("SCHEDULES", "10000"),
    ("KILLS", "500"),
];

/// The larger worlds of the proof, which only `--deep` asks for.
pub fn deeper_worlds() -> Step {
    check("larger worlds of the proof", || xtask(&["model", "--deep"]))
}

/// How a step's output is counted.
#[derive(Clone, Copy)]
pub enum Shape {
    /// It is one check.
    Check,
    /// It reports as libtest does.
    Tests,
}

/// What a step needs that no registry of Rust brings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Nothing,
    Browser,
    Postgres,
    PostgresAndProxies,
    BrowserAndNpm,
    NpmAndPython,
    Containers,
}

/// One line of the progress.
pub struct Step {
    pub name: &'static str,
    pub shape: Shape,
    pub wants: Want,
    pub command: fn() -> Command,
}

impl Step {
    /// Of the file that keeps its output.
    pub fn file_name(&self) -> String {
        let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        format!("{}.log", self.name.chars().map(word).collect::<String>())
    }
}

/// All of them.
pub fn all() -> Vec<Step> {
    vec![
        check("tools", || xtask(&["tools"])),
        check("format", || {
            leash::cargo(&["fmt", "--all", "--check", "--", "--color=never"])
        }),
        check("clippy", || {
            clippy(&["--workspace", "--features", "api/failpoints,api/hot"])
        }),
        check("clippy (wasm32)", || clippy(&BROWSER_CODE)),
        check("docs", docs),
        tests("tests", || leash::cargo(&HOST_TESTS)),
        Step {
            wants: Want::Postgres,
            ..tests("tests on PostgreSQL", || leash::cargo(&POSTGRES_TESTS))
        },
        tests("faults", || faults("on_postgres")),
        Step {
            wants: Want::Postgres,
            ..tests("faults on PostgreSQL", || faults("failing_file"))
        },
        Step {
            wants: Want::PostgresAndProxies,
            ..tests("three nodes behind a proxy", || leash::cargo(&NODE_TESTS))
        },
        Step {
            wants: Want::Browser,
            ..tests("web tests in Chromium", web_tests)
        },
        check("dev starts and stops", || xtask(&[rehearsal::VERB])),
        check("what is measured, in short", || {
            xtask(&["bench", "--quick"])
        }),
        check("what README shows", || xtask(&[examples::VERB])),
        check("openapi.json", || xtask(&["openapi", "--check"])),
        Step {
            wants: Want::NpmAndPython,
            ..check("generated clients", || xtask(&[clients::VERB]))
        },
        check("tidy", || xtask(&["tidy"])),
        Step {
            wants: Want::Containers,
            ..check("the image, and what compose makes of it", || {
                xtask(&[containers::VERB])
            })
        },
        Step {
            wants: Want::Browser,
            ..tests("journeys in Chromium", || xtask(&["e2e"]))
        },
        Step {
            wants: Want::BrowserAndNpm,
            ..tests("what is shipped, in its budget and in Chromium", || {
                xtask(&["e2e", "--shipped", "--only", "the_one_binary"])
            })
        },
    ]
}

/// What the browser's code depends on of ours is checked along with it.
const BROWSER_CODE: [&str; 4] = ["--target", tools::WASM, "-p", "web"];

/// The journeys want servers, which `cargo xtask e2e` builds; PostgreSQL has a step of its own.
#[rustfmt::skip]
const HOST_TESTS: [&str; 8] = [
    "test", "--workspace", "--exclude", "e2e", "--no-fail-fast", "--", "--skip", "on_postgres",
];

/// The same stories on another database. What is skipped brings its own or has none.
#[rustfmt::skip]
const POSTGRES_TESTS: [&str; 13] = [
    "test", "-p", "api", "--test", "it", "--no-fail-fast", "--",
    "--skip", "commands::", "--skip", "startup::", "--skip", "process::",
];

/// Several processes, which bring their own PostgreSQL.
const NODE_TESTS: [&str; 5] = ["test", "-p", "api", "--test", "nodes"];

/// Processes that die where a test says, which wants a build of its own.
#[rustfmt::skip]
const FAULT_TESTS: [&str; 8] = [
    "test", "-p", "api", "--features", "failpoints", "--test", "faults", "--",
];

fn check(name: &'static str, command: fn() -> Command) -> Step {
    Step {
        name,
        shape: Shape::Check,
        wants: Want::Nothing,
        command,
    }
}

fn tests(name: &'static str, command: fn() -> Command) -> Step {
    Step {
        shape: Shape::Tests,
        ..check(name, command)
    }
}

fn clippy(packages: &[&str]) -> Command {
    let mut command = leash::cargo(&["clippy", "--all-targets"]);
    command.args(packages).args(["--", "-D", "warnings"]);
    command
}

/// All but those that are about the other database.
fn faults(skipped: &str) -> Command {
    let mut command = leash::cargo(&FAULT_TESTS);
    command.args(["--skip", skipped]);
    command
}

fn docs() -> Command {
    let mut command = leash::cargo(&["doc", "--no-deps", "--workspace"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}

fn xtask(args: &[&str]) -> Command {
    let mut command = leash::command(leash::this_program());
    command.args(args);
    command
}

/// wasm-bindgen's runner finds the browser through `CHROMEDRIVER` and starts it headless itself.
fn web_tests() -> Command {
    let mut command = leash::cargo(&["test", "-p", "web", "--target", tools::WASM]);
    if let Some(runner) = tools::test_runner() {
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_steps_share_a_log() {
        let mut names: Vec<_> = all().iter().map(Step::file_name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all().len());
    }

    #[test]
    fn a_log_is_named_after_its_step() {
        let names: Vec<_> = all().iter().map(Step::file_name).collect();
        assert!(names.contains(&"clippy--wasm32-.log".to_owned()));
    }
}
