//! Whatever is wrong with a variable, the program names it and the way out, tells all that is wrong
//! at once, ends with 2 and leaves nothing behind. The variables are those that the program knows, so
//! that one that is added is asked for here.

use crate::program::{SECRETS, api, command, one_line};
use api::cli::Cli;
use clap::{Command, CommandFactory};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Output;
use tempfile::TempDir;

/// Of no length, number, address, name of a choice, file or folder.
const NONSENSE: &str = "non/sense";
/// Those that any text will do for.
const FREE: [&str; 3] = ["JWT_AUDIENCE", "JWT_ISSUER", "RUST_LOG"];
/// A list that may have nothing in it.
const MAY_BE_EMPTY: [&str; 1] = ["TRUSTED_PROXIES"];
/// Half of a pair: who sets one is told to set the other.
const PAIRS: [(&str, &str); 2] = [
    ("TLS_CERTIFICATE", "TLS_KEY"),
    ("TLS_KEY", "TLS_CERTIFICATE"),
];

/// What editors, shells and files do to a value, and what is said of it.
const SPOILT: [(&str, &str); 8] = [
    ("", "is empty"),
    ("  ", "is blank"),
    ("\"on\"", "stands in quotes"),
    ("'on'", "stands in quotes"),
    ("on\r", "carriage return"),
    ("\u{feff}on", "byte order mark"),
    ("on\noff", "line end"),
    (" on", "blanks at its ends"),
];

/// A command that does something: what is typed for it, and the variables that it reads.
struct Leaf {
    words: Vec<String>,
    variables: BTreeSet<String>,
}

fn leaves(command: &Command, typed: &[String], inherited: &BTreeSet<String>) -> Vec<Leaf> {
    let mut variables = inherited.clone();
    let mut words = typed.to_vec();
    for argument in command.get_arguments() {
        variables.extend(
            argument
                .get_env()
                .map(|name| name.to_str().unwrap().to_owned()),
        );
        if argument.is_positional() {
            words.push(
                if argument.get_id() == "role" {
                    "admin"
                } else {
                    "some"
                }
                .to_owned(),
            );
        }
    }
    if command.get_subcommands().next().is_none() {
        return vec![Leaf { words, variables }];
    }
    let inner = command
        .get_subcommands()
        .filter(|inner| inner.get_name() != "help");
    let leaves = inner.flat_map(|inner| {
        let mut typed = typed.to_vec();
        typed.push(inner.get_name().to_owned());
        leaves(inner, &typed, &variables)
    });
    leaves.collect()
}

fn serve() -> Leaf {
    let mut all = leaves(&Cli::command(), &[], &BTreeSet::new());
    let place = all.iter().position(|leaf| leaf.words == ["serve"]).unwrap();
    all.swap_remove(place)
}

/// The lines of a refusal, which names variables and does nothing.
#[track_caller]
fn refused(output: &Output, folder: &TempDir) -> Vec<String> {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty(), "{output:?}");
    let left: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
    assert!(left.is_empty(), "it leaves {left:?} behind");
    let lines = said.lines().map(|line| {
        let told = line.strip_prefix("error: ").expect(line);
        assert!(told.contains("; "), "it names no way out: {line}");
        told.to_owned()
    });
    lines.collect()
}

fn names(lines: &[String]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .collect()
}

#[test]
fn a_value_that_a_file_or_a_shell_spoilt_is_named_whatever_reads_it() {
    for leaf in leaves(&Cli::command(), &[], &BTreeSet::new()) {
        // All of what `serve` reads in each way; the others share the judgement.
        let spoilt = if leaf.words == ["serve"] {
            &SPOILT[..]
        } else {
            &SPOILT[2..3]
        };
        let words: Vec<_> = leaf.words.iter().map(String::as_str).collect();
        for (value, problem) in spoilt {
            let folder = TempDir::new().unwrap();
            let set = leaf.variables.iter().map(|name| (name.as_str(), *value));
            let output = api(&folder, &words, &set.collect::<Vec<_>>());
            let lines = refused(&output, &folder);
            let expected = leaf.variables.iter().map(String::as_str);
            let is_fine = |name: &&str| value.is_empty() && MAY_BE_EMPTY.contains(name);
            let expected: BTreeSet<_> = expected.filter(|name| !is_fine(name)).collect();
            assert_eq!(names(&lines).len(), expected.len(), "{words:?}: {lines:?}");
            assert_eq!(
                BTreeSet::from_iter(names(&lines)),
                expected,
                "{words:?} {value:?}"
            );
            assert!(lines.iter().all(|line| line.contains(problem)), "{lines:?}");
        }
    }
}

#[test]
fn a_value_without_meaning_is_named_by_itself() {
    for name in serve().variables {
        if FREE.contains(&name.as_str()) {
            continue;
        }
        let folder = TempDir::new().unwrap();
        let mut variables = SECRETS.to_vec();
        variables.retain(|(other, _)| *other != name);
        variables.push((&name, NONSENSE));
        let lines = refused(&api(&folder, &["serve"], &variables), &folder);
        let blamed = PAIRS.iter().find(|(half, _)| *half == name);
        let blamed = blamed.map_or(name.as_str(), |(_, other)| other);
        assert_eq!(names(&lines), [blamed], "{lines:?}");
        assert!(!lines[0].contains(NONSENSE), "{lines:?}");
    }
}

#[test]
fn all_that_is_wrong_with_a_start_is_told_at_once() {
    let folder = TempDir::new().unwrap();
    let variables = [
        ("ACCESS_TOKEN_TTL", "1h"),
        ("ADDRESS_LIMIT", "none"),
        ("ARGON2_ITERATIONS", "0"),
        ("ARGON2_MEMORY_KIB", "\"19456\""),
        ("DATABASE_URL", "mysql://127.0.0.1/app"),
        ("DRAIN_TIMEOUT", "1d"),
        ("JWT_KEYS", "no/where"),
        ("JWT_SECRET", SECRETS[0].1),
        ("LISTEN", "0.0.0.0:8000"),
        ("MAX_CONNECTIONS", "0"),
        ("MAX_CONNECTIONS_PER_ADDRESS", "0"),
        ("METRICS_LISTEN", "0.0.0.0:9100"),
        ("OTEL_TRACES_SAMPLER_ARG", "2"),
        ("SESSION_MAX_AGE", "1d"),
        ("STATIC_DIR", "nowhere"),
        ("TLS_CERTIFICATE", "no.pem"),
        ("TRUSTED_PROXIES", "me"),
    ];
    let lines = refused(&api(&folder, &["serve"], &variables), &folder);
    let mut expected: Vec<_> = variables.map(|(name, _)| name).to_vec();
    expected.retain(|name| !["JWT_SECRET", "TLS_CERTIFICATE"].contains(name));
    expected.extend(["REFRESH_TOKEN_SECRET", "TLS_KEY"]);
    expected.sort_unstable();
    let mut found = names(&lines);
    found.sort_unstable();
    assert_eq!(found, expected, "{lines:?}");
}

#[test]
fn what_is_no_text_at_all_is_named() {
    let folder = TempDir::new().unwrap();
    let bytes = OsStr::from_bytes(b"caf\xe9");
    let mut serve = command(&folder, &["serve"], &SECRETS);
    let output = serve.env("JWT_AUDIENCE", bytes).output().unwrap();
    let lines = refused(&output, &folder);
    assert_eq!(names(&lines), ["JWT_AUDIENCE"]);
    assert!(lines[0].contains("UTF-8"), "{lines:?}");
}

/// An editor put it before the first line of the file, so it is in the name.
#[test]
fn a_byte_order_mark_before_a_name_is_seen() {
    let folder = TempDir::new().unwrap();
    let variables = [("\u{feff}JWT_SECRET", SECRETS[0].1), SECRETS[1]];
    let lines = refused(&api(&folder, &["serve"], &variables), &folder);
    assert_eq!(names(&lines), ["JWT_SECRET"]);
    assert!(lines[0].contains("byte order mark"), "{lines:?}");
}

#[test]
fn only_migrate_makes_a_database() {
    for words in [
        &["serve"][..],
        &["user", "create", "alice"],
        &["user", "disable", "alice"],
        &["session", "end", "--everyone"],
    ] {
        let folder = TempDir::new().unwrap();
        let said = one_line(&api(&folder, words, &SECRETS), 1);
        assert!(
            said.contains("DATABASE_URL") && said.contains("api migrate"),
            "{said}"
        );
        let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
        assert!(left.is_empty(), "{words:?} leaves {left:?} behind");
    }
}

#[test]
fn metrics_are_for_others_only_where_somebody_said_so() {
    let folder = TempDir::new().unwrap();
    assert!(api(&folder, &["migrate"], &[]).status.success());
    let mut variables = SECRETS.to_vec();
    variables.extend([
        ("METRICS_LISTEN", "192.0.2.1:9100"),
        ("LISTEN", "127.0.0.1:0"),
    ]);
    let said = one_line(&api(&folder, &["serve"], &variables), 2);
    assert!(
        said.contains("METRICS_LISTEN") && said.contains("METRICS_PUBLIC=on"),
        "{said}"
    );
    variables.extend([("METRICS_PUBLIC", "on"), ("RUST_LOG", "off")]);
    // It is allowed, and this machine does not have it.
    let said = one_line(&api(&folder, &["serve"], &variables), 1);
    assert!(
        said.contains("METRICS_LISTEN cannot be 192.0.2.1:9100"),
        "{said}"
    );
}

#[test]
fn the_program_says_what_it_is() {
    let folder = TempDir::new().unwrap();
    let output = api(&folder, &["--version"], &[("RUST_LOG", "")]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said.trim(),
        format!("Countersign {}", env!("CARGO_PKG_VERSION"))
    );
}
