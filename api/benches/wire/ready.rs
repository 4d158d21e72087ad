//! How the servers are made ready, and which core each keeps to.

use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The core of the servers; the clients have the next.
pub const CORE: &str = "0";
pub const CLIENTS_CORE: &str = "1";
/// Said where a program may have all of them: it would keep to the clients' core else, as who starts it.
const ALL_CORES: &str = "0-1023";
const PROGRAM: &str = env!("CARGO_BIN_EXE_api");

pub fn database(folder: &TempDir) -> String {
    format!("sqlite://{}/bench.db", folder.path().display())
}

/// The API on a database that is up to date, ready to be started.
pub fn prepared(core: Option<&str>, given: &[(&str, &str)]) -> (Command, TempDir) {
    let folder = TempDir::new().expect("there is a temporary folder");
    let mut variables = vec![
        ("DATABASE_URL", database(&folder)),
        ("RUST_LOG", "info".to_owned()),
    ];
    variables.extend(
        given
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    if given.iter().any(|(_, value)| *value == "EdDSA") {
        let keys = folder.path().join("keys");
        variables.push(("JWT_KEYS", keys.display().to_string()));
        prepare(&["key", "rotate"], &variables);
    }
    prepare(&["migrate"], &variables);
    let mut serve = pinned(core, PROGRAM);
    serve
        .arg("serve")
        .envs(secrets())
        .env("ADDRESS_LIMIT", "100000000")
        .env("LOGIN_LIMIT", "1000000")
        .env("REFRESH_LIMIT", "100000000")
        .envs(variables);
    (serve, folder)
}

/// Lets the API do something that is not serving.
pub fn prepare(arguments: &[&str], variables: &[(&str, String)]) {
    let mut command = Command::new(PROGRAM);
    let done = command
        .args(arguments)
        .envs(variables.iter().cloned())
        .envs(secrets())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(done.expect("the program is there").success());
}

fn secrets() -> [(&'static str, String); 2] {
    [
        ("JWT_SECRET", "0123456789abcdef".repeat(4)),
        ("REFRESH_TOKEN_SECRET", "fedcba9876543210".repeat(4)),
    ]
}

/// A program that keeps to one core, or to none where none is named; where the system can say so.
pub fn pinned(core: Option<&str>, program: impl AsRef<std::ffi::OsStr>) -> Command {
    if Command::new("taskset").arg("-V").output().is_err() {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    let cores = core.unwrap_or(ALL_CORES);
    command.args(["-c", cores]).arg(program);
    command
}

/// The clients must not take the server's time.
pub fn keep_to_the_other_core() {
    let own = std::process::id().to_string();
    let moved = Command::new("taskset")
        .args(["-a", "-p", "-c", CLIENTS_CORE, &own])
        .stdout(Stdio::null())
        .status();
    if moved.is_err() {
        eprintln!("no taskset here: clients and servers share all cores");
    }
}
