//! Doing to PostgreSQL what happens to it.

use crate::postgres::{Cluster, unprivileged};
use rustix::process::geteuid;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

impl Cluster {
    /// Stops the server at once, as a crash does, or starts it again.
    pub fn control(&self, arguments: &[&str]) {
        let mut control = Command::new(self.programs.join("pg_ctl"));
        control.args(arguments).args(["-s", "-w", "-t", "60", "-D"]);
        control.arg(self.folder.join("data"));
        if geteuid().is_root() {
            let (user, group) = unprivileged();
            control.uid(user).gid(group);
        }
        // The server that it starts keeps what it is given.
        control.stdin(Stdio::null()).stdout(Stdio::null());
        let done = control.current_dir(&self.folder).env_clear().status();
        assert!(done.unwrap().success(), "{arguments:?}");
    }

    /// The server's main process.
    pub fn pid(&self) -> i32 {
        let file = self.folder.join("data/postmaster.pid");
        let text = std::fs::read_to_string(file).unwrap();
        text.lines().next().unwrap().parse().unwrap()
    }

    /// How to start it again as it was.
    pub fn settings(&self) -> String {
        format!(
            "-k '{}' -c listen_addresses= -c max_connections=400",
            self.folder.display()
        )
    }
}
