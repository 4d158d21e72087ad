//! The servers that are measured, each a process of its own on a core of its own.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The core of the servers; the clients have the next.
const CORE: &str = "0";

/// A running server, which ends with its value.
pub struct Server {
    child: Child,
    pub address: String,
    folder: TempDir,
}

impl Server {
    /// The API on a fresh SQLite file, with tokens of that algorithm.
    pub fn api(algorithm: &str) -> Self {
        let folder = TempDir::new().expect("there is a temporary folder");
        let url = database(&folder);
        let program = env!("CARGO_BIN_EXE_api");
        let mut variables = vec![
            ("DATABASE_URL", url),
            ("JWT_ALGORITHM", algorithm.to_owned()),
        ];
        if algorithm != "HS256" {
            let keys = folder.path().join("keys");
            variables.push(("JWT_KEYS", keys.display().to_string()));
            prepare(&["key", "rotate"], &variables);
        }
        prepare(&["migrate"], &variables);
        let mut serve = pinned(CORE, program);
        serve
            .arg("serve")
            .env("LISTEN", "127.0.0.1:0")
            .env("JWT_SECRET", "0123456789abcdef".repeat(4))
            .env("REFRESH_TOKEN_SECRET", "fedcba9876543210".repeat(4))
            // What the poem crate says of its port; nothing a request writes.
            .env("RUST_LOG", "poem=info")
            .env("ADDRESS_LIMIT", "100000")
            .env("REFRESH_LIMIT", "100000000")
            .env("ARGON2_MEMORY_KIB", "7168")
            .env("ARGON2_ITERATIONS", "1")
            .envs(variables);
        Self::start(serve, folder)
    }

    /// Lets the command line do something beside it.
    pub fn command(&self, arguments: &[&str]) {
        prepare(arguments, &[("DATABASE_URL", database(&self.folder))]);
    }

    /// This very program, as a server that only answers.
    pub fn plain() -> Self {
        let own = std::env::current_exe().expect("a running program has a path");
        let mut serve = pinned(CORE, own);
        serve.arg(super::PLAIN);
        let folder = TempDir::new().expect("there is a temporary folder");
        Self::start(serve, folder)
    }

    /// How long its threads ran so far; nothing where the system does not say so as Linux does.
    pub fn processor_time(&self) -> Duration {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id()));
        let stats = tasks.into_iter().flatten().flatten().filter_map(|task| {
            let stat = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            stat.split(' ')
                .next()?
                .parse()
                .ok()
                .map(Duration::from_nanos)
        });
        stats.sum()
    }

    fn start(mut serve: Command, folder: TempDir) -> Self {
        let child = serve.stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the program is there");
        let mut lines = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut log = String::new();
        while !log.contains("server started") {
            let read = lines.read_line(&mut log).expect("it can be read");
            assert!(read > 0, "it ended: {log}");
        }
        let (_, rest) = log.split_once("socket://").expect("it says where");
        let end = |c: char| c == '"' || c.is_whitespace();
        let address = rest.split(end).next().unwrap_or_default().to_owned();
        // A pipe that nobody reads would stop who writes to it.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        Self {
            child,
            address,
            folder,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It holds nothing that outlives the measurement.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn database(folder: &TempDir) -> String {
    format!("sqlite://{}/bench.db", folder.path().display())
}

/// Lets the API do something that is not serving.
fn prepare(arguments: &[&str], variables: &[(&str, String)]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_api"));
    let done = command
        .args(arguments)
        .envs(variables.iter().cloned())
        .env("JWT_SECRET", "0123456789abcdef".repeat(4))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(done.expect("the program is there").success());
}

/// A program that keeps to one core, where the system can say so.
pub fn pinned(core: &str, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let has_taskset = Command::new("taskset").arg("-V").output().is_ok();
    if !has_taskset {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", core]).arg(program);
    command
}
