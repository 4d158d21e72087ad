//! The servers that are measured, each a process of its own on a core of its own.

use super::ready::{CORE, database, pinned, prepare, prepared};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A running server, which ends with its value.
pub struct Server {
    child: Child,
    pub address: String,
    folder: TempDir,
}

impl Server {
    /// The API with tokens of that algorithm and the cheapest hashes, which says little.
    pub fn api(algorithm: &str) -> Self {
        let variables = [
            ("JWT_ALGORITHM", algorithm),
            ("ARGON2_MEMORY_KIB", "7168"),
            ("ARGON2_ITERATIONS", "1"),
            ("RUST_LOG", "warn"),
        ];
        Self::api_with(Some(CORE), &variables)
    }

    /// The API with what is given, else on a fresh SQLite file and as it is shipped, but for the
    /// limits: all of the load comes from one address.
    pub fn api_with(core: Option<&str>, given: &[(&str, &str)]) -> Self {
        let (serve, folder) = prepared(core, given);
        Self::begin(serve, folder)
    }

    /// Starts what was prepared, and returns with its first answer.
    pub fn begin(mut serve: Command, folder: TempDir) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.expect("a port is free").to_string();
        // Its log goes where it costs nobody else anything.
        serve.env("LISTEN", &address).stderr(Stdio::null());
        let child = serve.spawn().expect("the program is there");
        let mut server = Self {
            child,
            address,
            folder,
        };
        while !server.is_ready() {
            let ended = server.child.try_wait().expect("it is ours");
            assert!(ended.is_none(), "the API does not start: {ended:?}");
        }
        server
    }

    /// Whether it answers that it is.
    fn is_ready(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(&self.address) else {
            return false;
        };
        let mut start = [0; 12];
        stream
            .write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .and_then(|()| stream.read_exact(&mut start))
            .is_ok_and(|()| &start == b"HTTP/1.1 200")
    }

    /// What somebody else would build, which finds its libraries beside it.
    pub fn peer(script: &Path, kind: &str) -> Self {
        let folder = TempDir::new().expect("there is a temporary folder");
        let mut serve = pinned(Some(CORE), "node");
        serve
            .arg(script)
            .arg(folder.path().join("peer.db"))
            .arg(kind)
            .env("NODE_ENV", "production");
        Self::start(serve, folder)
    }

    /// Lets the command line do something beside it.
    pub fn command(&self, arguments: &[&str]) {
        prepare(arguments, &[("DATABASE_URL", database(&self.folder))]);
    }

    /// This very program, as a server that only answers.
    pub fn plain() -> Self {
        let own = std::env::current_exe().expect("a running program has a path");
        let mut serve = pinned(Some(CORE), own);
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

    /// A line of what Linux says of the process, in bytes.
    pub fn memory(&self, line: &str) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let mut lines = status.lines().filter_map(|line| line.split_once(':'));
        let (_, value) = lines.find(|(name, _)| *name == line)?;
        let kib: f64 = value.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kib * 1024.0)
    }

    /// Lets the system count anew how much memory the process held at most (`proc_pid_clear_refs(5)`).
    pub fn forget_most(&self) {
        // Where that cannot be, the most stays what it was.
        let _ = std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5");
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
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
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
