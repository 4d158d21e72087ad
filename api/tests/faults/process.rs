//! Servers on a database that is there, and how to hurt them.

use crate::program::command;
use crate::server::{Server, variables};
use rustix::process::Pid;
use std::process::Command;
use tempfile::TempDir;

impl Server {
    /// On a database that is there, with its folder.
    pub fn on(url: &str, variables: &[(&str, &str)]) -> Self {
        let mut all = vec![("DATABASE_URL", url)];
        all.extend(variables);
        Self::start_in(TempDir::new().unwrap(), &all)
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its process.
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// On a database that is there, run by another program, which is told the rest.
    pub fn under(wrapper: &[&str], url: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let bare = command(&folder, &[], &[]);
        let mut serving = Command::new(wrapper[0]);
        serving
            .args(&wrapper[1..])
            .arg(bare.get_program())
            .arg("serve")
            .current_dir(&folder)
            .env_clear()
            .envs(variables(&[("DATABASE_URL", url)]));
        Self::start_command(folder, serving)
    }
}
