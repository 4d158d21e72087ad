//! `cargo xtask test`: every check there is, step by step, closed by one count.

mod step;
mod tally;

use crate::args::Flags;
use crate::browser::{self, Browser};
use crate::clients;
use crate::containers;
use crate::environment;
use crate::postgres;
use crate::proxies;
use crate::supervisor::{RunOutcome, Supervisor};
use crate::tools::npm;
use crate::workspace::Workspace;
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use step::{Requirement, Step, StepKind};
use tally::Tally;

/// A step that hangs must not hang whoever waits for the whole.
const LIMIT: Duration = Duration::from_mins(40);
/// The same, where depth was asked for.
const DEEP_LIMIT: Duration = Duration::from_hours(4);

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--deep"], &[])?;
    let course = TestRun {
        supervisor: Supervisor::new()?,
        workspace: Workspace::locate()?,
        browser: browser::find(),
        postgres: postgres::find(),
        proxies: proxies::find(),
        npm: npm::find(),
        clients: clients::find(),
        containers: containers::find(),
        deep: flags.has("--deep"),
    };
    let mut steps = step::all();
    if course.deep {
        steps.push(step::deeper_worlds());
    }
    let mut total = Tally::default();
    for (index, step) in steps.iter().enumerate() {
        print!("[{}/{}] {} ... ", index + 1, steps.len(), step.name);
        std::io::stdout().flush()?;
        total.add(course.run_step(step)?);
    }
    for reason in &total.reasons {
        println!("skipped: {reason}");
    }
    println!("{total}");
    Ok(ExitCode::from(u8::from(total.failed > 0)))
}

/// What all steps share.
struct TestRun {
    supervisor: Supervisor,
    workspace: Workspace,
    browser: Result<Browser, String>,
    postgres: Result<PathBuf, String>,
    proxies: Result<(), String>,
    npm: Result<(), String>,
    clients: Result<(), String>,
    containers: Result<(), String>,
    deep: bool,
}

impl TestRun {
    fn run_step(&self, step: &Step) -> anyhow::Result<Tally> {
        if let Some(why) = self.lacks(step.wants) {
            return Ok(without(step, why));
        }
        let began = Instant::now();
        let log = self.workspace.scratch("log")?.join(step.file_name());
        let ending = self.run(step, &File::create(&log)?)?;
        let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        let tally = count_step(step, &ending, &text);
        let seconds = began.elapsed().as_secs();
        if tally.failed == 0 {
            println!("ok{} {seconds} s", tally.short());
        } else {
            println!("FAILED{} {seconds} s", tally.short());
            println!("{}\n{}: {ending}", text.trim_end(), step.name);
        }
        Ok(tally)
    }

    /// Both streams go to one file, so that they are read in the order in which they were written.
    fn run(&self, step: &Step, log: &File) -> anyhow::Result<RunOutcome> {
        let mut command = (step.command)();
        command
            .current_dir(&self.workspace.root)
            .stdout(log.try_clone()?)
            .stderr(log.try_clone()?)
            // What is read by `tally` must not be coloured for a person's taste.
            .env("CARGO_TERM_COLOR", "never");
        if let Ok(browser) = &self.browser {
            command.env("CHROMEDRIVER", &browser.driver);
        }
        let wants_postgres = matches!(
            step.wants,
            Requirement::Postgres | Requirement::PostgresAndProxies
        );
        if let (true, Ok(programs)) = (wants_postgres, &self.postgres) {
            command.env("TEST_POSTGRES", programs);
        }
        let limit = if self.deep {
            command.envs(step::DEEP);
            DEEP_LIMIT
        } else {
            LIMIT
        };
        self.supervisor.run(command, limit)
    }

    fn lacks(&self, want: Requirement) -> Option<&str> {
        let why = match want {
            Requirement::Nothing => None,
            Requirement::Browser => self.browser.as_ref().err(),
            Requirement::Postgres => self.postgres.as_ref().err(),
            Requirement::PostgresAndProxies => {
                self.postgres.as_ref().err().or(self.proxies.as_ref().err())
            }
            Requirement::NpmAndPython => self.clients.as_ref().err(),
            Requirement::Containers => self.containers.as_ref().err(),
            Requirement::BrowserAndNpm => self.npm.as_ref().err().or(self.browser.as_ref().err()),
        };
        why.map(String::as_str)
    }
}

/// A person may lack what a step wants; the machine that decides must have it.
fn without(step: &Step, why: &str) -> Tally {
    let reason = format!("{}: {why}", step.name);
    if environment::is_ci() {
        println!("FAILED\n{reason}");
        return Tally::one_failed();
    }
    println!("skipped");
    Tally::one_skipped(reason)
}

fn count_step(step: &Step, ending: &RunOutcome, text: &str) -> Tally {
    match step.shape {
        StepKind::Check if ending.is_success() => Tally::one_passed(),
        StepKind::Check => Tally::one_failed(),
        StepKind::Tests => {
            let mut tally = Tally::read(text);
            // It broke outside any test, or it ran none: neither is a success.
            let unexplained = tally.failed == 0 && !ending.is_success();
            if unexplained || tally.passed + tally.failed == 0 {
                tally.add(Tally::one_failed());
            }
            tally
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    fn counts(shape: StepKind, code: i32, text: &str) -> (u32, u32) {
        let step = Step {
            shape,
            ..step::all().remove(0)
        };
        // A wait status holds the exit code in its second byte.
        let ending = RunOutcome::Status(ExitStatus::from_raw(code << 8));
        let tally = count_step(&step, &ending, text);
        (tally.passed, tally.failed)
    }

    #[test]
    fn a_check_counts_as_one() {
        assert_eq!(counts(StepKind::Check, 0, ""), (1, 0));
        assert_eq!(counts(StepKind::Check, 1, ""), (0, 1));
    }

    #[test]
    fn tests_that_did_not_compile_or_did_not_run_are_a_failure() {
        let passed = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(counts(StepKind::Tests, 0, passed), (2, 0));
        assert_eq!(counts(StepKind::Tests, 101, passed), (2, 1));
        assert_eq!(counts(StepKind::Tests, 0, "no tests to run!"), (0, 1));
    }
}
