//! The verbs, and how their endings become exit codes: 0 done, 1 failed, 2 asked wrongly, 128 + signal.

use crate::args::Usage;
use crate::bench;
use crate::child_guard;
use crate::clients;
use crate::containers;
use crate::dev;
use crate::dist;
use crate::doctor;
use crate::e2e;
use crate::model;
use crate::openapi;
use crate::readme_check;
use crate::shutdown_test;
use crate::supervisor::Interrupted;
use crate::test;
use crate::tidy;
use crate::tools;
use std::process::ExitCode;

/// One thing that can be asked for.
pub struct Verb {
    pub name: &'static str,
    flags: &'static str,
    purpose: &'static str,
    run: fn(&[String]) -> anyhow::Result<ExitCode>,
}

/// All of them, in the order in which a newcomer meets them.
pub const VERBS: [Verb; 10] = [
    Verb {
        name: "dev",
        flags: "[--port N] [--api-port N] [--no-open] [--release]",
        purpose: "run the app and its API, and rebuild both on change",
        run: dev::run,
    },
    Verb {
        name: "test",
        flags: "[--deep]",
        purpose: "check everything; closes with `N passed, N failed, N skipped`",
        run: test::run,
    },
    Verb {
        name: "e2e",
        flags: "[--pictures] [--shipped] [--only PART-OF-A-NAME]",
        purpose: "the journeys in a real browser against the real servers",
        run: e2e::run,
    },
    Verb {
        name: "model",
        flags: "[--deep]",
        purpose: "explore the refresh protocol and print the states of each world",
        run: model::run,
    },
    Verb {
        name: "bench",
        flags: "[--quick]",
        purpose: "measure it beside others and write docs/performance.md",
        run: bench::run,
    },
    Verb {
        name: "openapi",
        flags: "[--check]",
        purpose: "write openapi.json from the code, or say where it differs",
        run: openapi::run,
    },
    Verb {
        name: "tidy",
        flags: "",
        purpose: "the rules of the house that no compiler knows",
        run: tidy::run,
    },
    Verb {
        name: "dist",
        flags: "[--web]",
        purpose: "build what is deployed into dist/ and weigh it",
        run: dist::run,
    },
    Verb {
        name: "doctor",
        flags: "[--url ORIGIN [--as NAME]]",
        purpose: "what this machine or a deployment lacks, with remedies",
        run: doctor::run,
    },
    Verb {
        name: "tools",
        flags: "",
        purpose: "find or install the pinned trunk and wasm-bindgen",
        run: tools::run,
    },
];

/// Runs the verb that the arguments name.
pub fn run(args: &[String]) -> ExitCode {
    let Some((name, rest)) = args.split_first() else {
        print!("{}", overview());
        return ExitCode::SUCCESS;
    };
    // Not for people: what xtask calls itself for.
    match name.as_str() {
        child_guard::VERB => return ending(child_guard::run(rest)),
        clients::VERB => return ending(clients::run(rest)),
        readme_check::VERB => return ending(readme_check::run(rest)),
        containers::VERB => return ending(containers::run(rest)),
        shutdown_test::VERB => return ending(shutdown_test::run(rest)),
        _ => {}
    }
    if ["help", "--help", "-h"].contains(&name.as_str()) {
        print!("{}", overview());
        return ExitCode::SUCCESS;
    }
    match VERBS.iter().find(|verb| verb.name == name) {
        Some(verb) if rest.iter().any(|arg| arg == "--help" || arg == "-h") => {
            println!("{}", line(verb));
            ExitCode::SUCCESS
        }
        Some(verb) => ending((verb.run)(rest)),
        None => ending(Err(unknown(name).into())),
    }
}

fn unknown(name: &str) -> Usage {
    let names: Vec<_> = VERBS.iter().map(|verb| verb.name).collect();
    Usage(format!(
        "there is no verb `{name}`; there are {}",
        names.join(", ")
    ))
}

fn overview() -> String {
    let lines: Vec<String> = VERBS.iter().map(line).collect();
    format!("cargo xtask <verb>\n\n{}\n", lines.join("\n"))
}

fn line(verb: &Verb) -> String {
    let call = format!("{} {}", verb.name, verb.flags);
    format!("  {call:<56} {}", verb.purpose)
}

fn ending(result: anyhow::Result<ExitCode>) -> ExitCode {
    let error = match result {
        Ok(code) => return code,
        Err(error) => error,
    };
    if let Some(Interrupted(signal)) = error.downcast_ref() {
        return ExitCode::from(128 + u8::try_from(*signal).unwrap_or(0));
    }
    eprintln!("error: {error:#}");
    match error.downcast_ref() {
        Some(Usage(_)) => ExitCode::from(2),
        None => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overview_has_one_line_a_verb() {
        let text = overview();
        for verb in &VERBS {
            let start = format!("  {} ", verb.name);
            assert_eq!(
                text.lines().filter(|line| line.starts_with(&start)).count(),
                1
            );
        }
    }

    #[test]
    fn an_unknown_verb_is_answered_with_the_known_ones() {
        assert!(
            unknown("tset")
                .0
                .contains("`tset`; there are dev, test, e2e")
        );
    }
}
