//! The steps, cheap and telling ones first.

use crate::examples;
use crate::leash;
use crate::rehearsal;
use crate::tools;
use std::process::Command;

/// What `--deep` asks of each property; the default is 256.
pub const DEEP_CASES: &str = "8192";

/// How a step's output is counted.
#[derive(Clone, Copy)]
pub enum Shape {
    /// It is one check.
    Check,
    /// It reports as libtest does.
    Tests,
}

/// One line of the progress.
pub struct Step {
    pub name: &'static str,
    pub shape: Shape,
    pub wants_browser: bool,
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
        check("clippy", || clippy(&["--workspace"])),
        check("clippy (wasm32)", || clippy(&BROWSER_CODE)),
        check("docs", docs),
        tests("tests", || leash::cargo(&HOST_TESTS)),
        Step {
            wants_browser: true,
            ..tests("web tests in Chromium", web_tests)
        },
        check("dev starts and stops", || xtask(&[rehearsal::VERB])),
        check("what README shows", || xtask(&[examples::VERB])),
        check("openapi.json", || xtask(&["openapi", "--check"])),
        check("tidy", || xtask(&["tidy"])),
        Step {
            wants_browser: true,
            ..tests("journeys in Chromium", || xtask(&["e2e"]))
        },
    ]
}

/// What the browser's code depends on of ours is checked along with it.
const BROWSER_CODE: [&str; 4] = ["--target", tools::WASM, "-p", "web"];

/// The journeys want servers, which `cargo xtask e2e` builds.
const HOST_TESTS: [&str; 5] = ["test", "--workspace", "--exclude", "e2e", "--no-fail-fast"];

fn check(name: &'static str, command: fn() -> Command) -> Step {
    Step {
        name,
        shape: Shape::Check,
        wants_browser: false,
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
