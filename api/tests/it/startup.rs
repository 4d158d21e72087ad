//! The program refuses to start where the configuration cannot be used: in one line that names the
//! variable and the way out, and never the value.

use crate::world::{JWT_SECRET, REFRESH_SECRET};
use std::process::{Command, Output};
use tempfile::TempDir;

fn api(folder: &TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_api"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

#[track_caller]
fn refuses(changes: &[(&str, &str)], variable: &str) {
    let folder = TempDir::new().unwrap();
    let mut variables = vec![
        ("JWT_SECRET", JWT_SECRET),
        ("REFRESH_TOKEN_SECRET", REFRESH_SECRET),
    ];
    variables.retain(|(name, _)| !changes.contains(&(*name, "")));
    variables.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    let output = api(&folder, &["serve"], &variables);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with(&format!("error: {variable} ")), "{said}");
    assert!(said.contains("; "), "it names no way out: {said}");
    for (_, value) in changes {
        assert!(value.len() < 16 || !said.contains(value), "{said}");
    }
}

#[test]
fn weak_secrets_are_refused() {
    for name in ["JWT_SECRET", "REFRESH_TOKEN_SECRET"] {
        refuses(&[(name, "")], name);
        refuses(&[(name, "only-thirty-one-bytes-long-1234")], name);
        refuses(
            &[(name, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")],
            name,
        );
        refuses(&[(name, " 0123456789abcdef0123456789abcdef ")], name);
    }
    refuses(
        &[("REFRESH_TOKEN_SECRET", JWT_SECRET)],
        "REFRESH_TOKEN_SECRET",
    );
}

#[test]
fn plain_http_on_a_public_address_is_refused() {
    refuses(&[("PUBLIC_URL", "http://app.example.org")], "PUBLIC_URL");
    refuses(&[("PUBLIC_URL", "app.example.org")], "PUBLIC_URL");
    refuses(&[("LISTEN", "0.0.0.0:8000")], "LISTEN");
    refuses(&[("LISTEN", "8000")], "LISTEN");
}

#[test]
fn unknown_and_malformed_values_name_their_variable() {
    for (variable, value) in [
        ("DATABASE_URL", "mysql://127.0.0.1/app"),
        ("JWT_ALGORITHM", "none"),
        ("JWT_AUDIENCE", ""),
        ("ACCESS_TOKEN_TTL", "16m"),
        ("ACCESS_TOKEN_TTL", "0s"),
        ("ACCESS_TOKEN_TTL", "soon"),
        ("REFRESH_TOKEN_TTL", "7"),
        ("SESSION_MAX_AGE", "1d"),
        ("MAX_SESSIONS_PER_USER", "0"),
        ("REFRESH_RETRY_WINDOW", "-1s"),
        ("REFRESH_RACE_WINDOW", "10 s"),
        ("TRUSTED_PROXIES", "everybody"),
        ("API_DOCS", "yes"),
        ("LOGIN_LIMIT", "many"),
        ("ADDRESS_LIMIT", "0"),
        ("HASH_PARALLELISM", "0"),
        ("HASH_QUEUE", "-1"),
        ("ARGON2_MEMORY_KIB", "64"),
        ("ARGON2_ITERATIONS", "0"),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    {
        refuses(&[(variable, value)], variable);
    }
}

#[test]
fn a_database_without_our_schema_says_what_to_run() {
    let folder = TempDir::new().unwrap();
    let secrets = [
        ("JWT_SECRET", JWT_SECRET),
        ("REFRESH_TOKEN_SECRET", REFRESH_SECRET),
    ];
    let output = api(&folder, &["serve"], &secrets);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("api migrate"), "{said}");
}

#[test]
fn the_spec_needs_no_configuration() {
    let folder = TempDir::new().unwrap();
    let output = api(&folder, &["openapi"], &[]);
    assert!(output.status.success());
    let spec: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(spec["info"]["title"], "Countersign");
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert!(left.is_empty(), "it leaves nothing behind");
}

#[test]
fn the_example_lists_what_the_help_lists() {
    let folder = TempDir::new().unwrap();
    let output = api(&folder, &["serve", "--help"], &[]);
    let help = String::from_utf8(output.stdout).unwrap();
    let mut known: Vec<_> = help
        .split("[env: ")
        .skip(1)
        .map(|rest| &rest[..rest.find(']').unwrap()])
        .collect();
    let example = include_str!("../../../.env.example");
    let assignments = example.lines().filter(|line| !line.starts_with("# "));
    let mut listed: Vec<_> = assignments
        .filter_map(|line| Some(line.trim_start_matches('#').split_once('=')?.0))
        .collect();
    known.sort_unstable();
    listed.sort_unstable();
    assert_eq!(known, listed);
}
