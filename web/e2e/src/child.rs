//! A program that runs beside a journey and never outlives it.

use crate::setting::path;
use std::ffi::OsStr;
use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{self, Command, Stdio};

/// One running program on a leash, in a process group of its own; dropping it stops the group with
/// SIGTERM, after a bounded wait with SIGKILL, and returns when it is gone. The leash lets go also
/// when this process dies, in any way.
#[derive(Debug)]
pub struct Child(process::Child);

/// What to run, put together step by step.
#[derive(Debug)]
pub struct Program(Command);

impl Program {
    /// That program, on a leash.
    pub fn new(leash: &Path, program: &Path) -> Self {
        let mut command = Command::new(leash);
        command
            .args(["guard", "--"])
            .arg(program)
            .process_group(0)
            .stdin(Stdio::piped());
        Self(command)
    }

    /// One more argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.0.arg(arg);
        self
    }

    /// More arguments.
    pub fn args<const N: usize>(mut self, args: [&str; N]) -> Self {
        self.0.args(args);
        self
    }

    /// One more variable.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// With that folder before all others that programs are looked for in.
    pub fn with_path_before(self, folder: &Path) -> Self {
        let rest = std::env::split_paths(&path()).collect::<Vec<_>>();
        let folders = [folder.to_owned()].into_iter().chain(rest);
        let joined = std::env::join_paths(folders).expect("the folder's name has no colon");
        self.env("PATH", joined)
    }

    /// Nothing of this machine's own settings.
    pub fn without_surroundings(mut self) -> Self {
        self.0.env_clear();
        self
    }

    /// Without that variable.
    pub fn env_remove(mut self, name: &str) -> Self {
        self.0.env_remove(name);
        self
    }

    /// In that folder.
    pub fn within(mut self, folder: &Path) -> Self {
        self.0.current_dir(folder);
        self
    }

    /// Runs it; what it says goes to the end of that file.
    pub fn start(mut self, log: &Path) -> Child {
        let log = File::options().create(true).append(true).open(log);
        let log = log.expect("the log can be written");
        let same = log.try_clone().expect("a file can be shared");
        self.0.stdout(log).stderr(same);
        let started = self.0.spawn();
        Child(started.unwrap_or_else(|error| panic!("cannot run {:?}: {error}", self.0)))
    }
}

impl Child {
    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // It may have ended by itself.
        let _ = self.0.wait();
    }
}

/// A port that nobody uses now.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    listener.local_addr().expect("it has an address").port()
}
