//! The real program, listening on a real socket.

use crate::program::{SECRETS, api, command};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;
use tempfile::TempDir;

/// Longer than anything here takes.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A running server, which ends with the story.
pub struct Server {
    pub child: Child,
    pub address: String,
    /// Where its metrics can be read, if anywhere.
    pub metrics: Option<String>,
    log: Option<JoinHandle<String>>,
    _folder: TempDir,
}

impl Server {
    /// Starts it on a fresh database and waits until it listens.
    pub fn start(variables: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        assert!(api(&folder, &["migrate"], &[]).status.success());
        Self::start_in(folder, variables)
    }

    /// Two processes on that database.
    pub fn pair(url: &str, variables: &[(&str, &str)]) -> [Self; 2] {
        let mut all = vec![("DATABASE_URL", url)];
        let folder = TempDir::new().unwrap();
        assert!(api(&folder, &["migrate"], &all).status.success());
        all.extend(variables);
        [folder, TempDir::new().unwrap()].map(|folder| Self::start_in(folder, &all))
    }

    /// In that folder.
    pub fn start_in(folder: TempDir, more: &[(&str, &str)]) -> Self {
        let command = command(&folder, &["serve"], &variables(more));
        Self::start_command(folder, command)
    }

    /// By that command.
    pub fn start_command(folder: TempDir, mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut log = String::new();
        while !log
            .lines()
            .any(|line| is_public(line) && line.contains("server started"))
        {
            let read = lines.read_line(&mut log).unwrap();
            assert!(read > 0, "it ended: {log}");
        }
        let address = listens(&log, is_public).expect("it says where it listens");
        let metrics = listens(&log, |line| !is_public(line));
        let log = std::thread::spawn(move || {
            lines.read_to_string(&mut log).unwrap();
            log
        });
        Self {
            child,
            address,
            metrics,
            log: Some(log),
            _folder: folder,
        }
    }

    /// A new connection; fails where the server does not listen any more.
    pub fn connects(&self) -> std::io::Result<TcpStream> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        Ok(stream)
    }

    /// Sends exactly this and reads to the end.
    pub fn says(&self, request: &[u8]) -> String {
        let mut stream = self.connects().unwrap();
        // It may refuse before it has read everything.
        let _ = stream.write_all(request);
        rest(&mut stream)
    }

    /// Sends a request whose answer is the last on its connection.
    pub fn posts(&self, path: &str, headers: &str, body: &str) -> String {
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nX-CSRF: 1\r\n\
             {headers}Content-Length: {length}\r\n\r\n{body}"
        );
        self.says(request.as_bytes())
    }

    /// Asks it to stop, as an orchestrator does.
    pub fn is_asked_to_stop(&self) {
        let pid = Pid::from_child(&self.child);
        kill_process(pid, Signal::TERM).unwrap();
    }

    /// How it ended, and all that it logged.
    pub fn ends(mut self) -> (ExitStatus, String) {
        let log = self.log.take().unwrap().join().unwrap();
        (self.child.wait().unwrap(), log)
    }
}

/// Whether a line of the log is not about the listener of the metrics.
fn is_public(line: &str) -> bool {
    !line.contains(r#""name":"metrics""#)
}

/// The framework says which port it was given.
fn listens(log: &str, about: impl Fn(&str) -> bool) -> Option<String> {
    let mut lines = log.lines().filter(|line| about(line));
    let (_, rest) = lines.find_map(|line| line.split_once("socket://"))?;
    Some(rest.split('"').next()?.to_owned())
}

/// What every server is told, and more.
pub fn variables<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = SECRETS.to_vec();
    all.extend([("LISTEN", "127.0.0.1:0"), ("RUST_LOG", "info")]);
    all.extend([("ARGON2_MEMORY_KIB", "7168"), ("ARGON2_ITERATIONS", "1")]);
    all.extend(more);
    all
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone where the story told its end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What still comes on a connection.
pub fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    // A refusal of a body half read may end in a reset; what came before it counts.
    while let Ok(length @ 1..) = stream.read(&mut part) {
        bytes.extend_from_slice(&part[..length]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The value of a header, or of a string of the body.
#[track_caller]
pub fn between<'a>(answer: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = answer.split_once(before).expect(answer);
    rest.split(after).next().unwrap()
}
