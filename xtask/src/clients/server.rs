//! The API that the clients call.

use super::{PASSWORD, Stage};
use crate::child_guard;
use crate::probe;
use crate::supervisor::{ChildHandle, Event};
use crate::workspace::Workspace;
use anyhow::{bail, ensure};
use std::process::Command;
use std::time::{Duration, Instant};

/// Longer than a start takes on the slowest machine.
const TIMEOUT: Duration = Duration::from_mins(1);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// A running API on a database of its own, which ends with this.
pub struct Server {
    pub url: String,
    _member: ChildHandle,
}

impl Server {
    /// Starts it on a port that is free, and waits until it is ready.
    pub fn start(stage: &Stage<'_>, workspace: &Workspace) -> anyhow::Result<Self> {
        let folder = stage.empty("server")?;
        let (port, _) = probe::two_free_ports()?;
        let url = format!("http://127.0.0.1:{port}");
        let command = |verb: &str| -> Command {
            let mut command = child_guard::command(workspace.api("debug"));
            command.arg(verb).current_dir(&folder);
            command.env("LISTEN", format!("127.0.0.1:{port}"));
            command.env("PUBLIC_URL", &url).env("RUST_LOG", "warn");
            command.env("JWT_SECRET", "0f1e2d3c4b5a69788796a5b4c3d2e1f0");
            command.env("REFRESH_TOKEN_SECRET", "9a8b7c6d5e4f30211203f4e5d6c7b8a9");
            command
        };
        stage
            .supervisor
            .run_checked("migrating a database", command("migrate"))?;
        let member = stage.supervisor.start(command("serve"))?;
        let end = Instant::now() + TIMEOUT;
        while probe::status(port, "/readyz") != Some(200) {
            ensure!(Instant::now() < end, "the API is not ready in time");
            if let Some(Event::Signal(_) | Event::Ended(..)) = stage.supervisor.next(PAUSE) {
                bail!("the API ended");
            }
        }
        Ok(Self {
            url,
            _member: member,
        })
    }

    /// Lets a client know where it is.
    pub fn tell(&self, client: &mut Command) {
        client
            .env("API_URL", &self.url)
            .env("API_ORIGIN", &self.url)
            .env("API_PASSWORD", PASSWORD);
    }
}
