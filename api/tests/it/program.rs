//! The program itself, run as a person or a machine runs it.

use crate::constants::{JWT_SECRET, REFRESH_SECRET};
use std::io::Write;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// The two variables without which nothing starts.
pub const SECRETS: [(&str, &str); 2] = [
    ("JWT_SECRET", JWT_SECRET),
    ("REFRESH_TOKEN_SECRET", REFRESH_SECRET),
];

/// The program, to be run in that folder with these variables and no others.
pub fn command(folder: &TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_api"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied());
    command
}

/// Runs it to its end.
pub fn api(folder: &TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    command(folder, arguments, variables).output().unwrap()
}

/// Runs it to its end, with something typed.
pub fn api_hears(folder: &TempDir, arguments: &[&str], typed: &str) -> Output {
    let cheap = [("ARGON2_MEMORY_KIB", "7168"), ("ARGON2_ITERATIONS", "1")];
    let mut command = command(folder, arguments, &cheap);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that refuses early does not listen to the end.
    let _ = stdin.write_all(typed.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// It ended with that code and said one line on standard error.
#[track_caller]
pub fn one_line(output: &Output, code: i32) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}
