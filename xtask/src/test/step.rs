//! The steps, cheap and telling ones first.

use crate::child_guard;
use crate::clients;
use crate::containers;
use crate::readme_check;
use crate::shutdown_test;
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
    check("model checking, larger configurations", || {
        xtask(&["model", "--deep"])
    })
}

/// How a step's output is counted.
#[derive(Clone, Copy)]
pub enum StepKind {
    /// It is one check.
    Check,
    /// It reports as libtest does.
    Tests,
}

/// What a step needs that no registry of Rust brings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
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
    pub shape: StepKind,
    pub wants: Requirement,
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
            child_guard::cargo(&["fmt", "--all", "--check", "--", "--color=never"])
        }),
        check("clippy", || {
            clippy(&["--workspace", "--features", "api/failpoints,api/hot"])
        }),
        check("clippy (wasm32)", || clippy(&BROWSER_CODE)),
        check("docs", docs),
        tests("tests", || child_guard::cargo(&HOST_TESTS)),
        Step {
            wants: Requirement::Postgres,
            ..tests("tests on PostgreSQL", || {
                child_guard::cargo(&POSTGRES_TESTS)
            })
        },
        tests("fault tests", || faults("on_postgres")),
        Step {
            wants: Requirement::Postgres,
            ..tests("fault tests on PostgreSQL", || faults("failing_file"))
        },
        Step {
            wants: Requirement::PostgresAndProxies,
            ..tests("three nodes behind a proxy", || {
                child_guard::cargo(&NODE_TESTS)
            })
        },
        Step {
            wants: Requirement::Browser,
            ..tests("web unit tests in Chromium", web_tests)
        },
        check("dev starts and stops", || xtask(&[shutdown_test::VERB])),
        check("benchmarks, quick", || xtask(&["bench", "--quick"])),
        check("README examples", || xtask(&[readme_check::VERB])),
        check("openapi.json", || xtask(&["openapi", "--check"])),
        Step {
            wants: Requirement::NpmAndPython,
            ..check("generated clients", || xtask(&[clients::VERB]))
        },
        check("tidy", || xtask(&["tidy"])),
        Step {
            wants: Requirement::Containers,
            ..check("container image and compose", || xtask(&[containers::VERB]))
        },
        Step {
            wants: Requirement::Browser,
            ..tests("browser tests in Chromium", || xtask(&["e2e"]))
        },
        Step {
            wants: Requirement::BrowserAndNpm,
            ..tests("release build: size budget and browser test", || {
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
        shape: StepKind::Check,
        wants: Requirement::Nothing,
        command,
    }
}

fn tests(name: &'static str, command: fn() -> Command) -> Step {
    Step {
        shape: StepKind::Tests,
        ..check(name, command)
    }
}

fn clippy(packages: &[&str]) -> Command {
    let mut command = child_guard::cargo(&["clippy", "--all-targets"]);
    command.args(packages).args(["--", "-D", "warnings"]);
    command
}

/// All but those that are about the other database.
fn faults(skipped: &str) -> Command {
    let mut command = child_guard::cargo(&FAULT_TESTS);
    command.args(["--skip", skipped]);
    command
}

fn docs() -> Command {
    let mut command = child_guard::cargo(&["doc", "--no-deps", "--workspace"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}

fn xtask(args: &[&str]) -> Command {
    let mut command = child_guard::command(child_guard::this_program());
    command.args(args);
    command
}

/// wasm-bindgen's runner finds the browser through `CHROMEDRIVER` and starts it headless itself.
fn web_tests() -> Command {
    let mut command = child_guard::cargo(&["test", "-p", "web", "--target", tools::WASM]);
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
