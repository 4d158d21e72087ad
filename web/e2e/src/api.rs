//! The API as one runs it: migrated, served, stopped, started again on the same database file.

use crate::child::{Child, Program};
use crate::patience::until;
use crate::setting::Setting;
use crate::wire::Wire;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// Two different keys; the journeys' databases live as long as the journeys.
const JWT_SECRET: &str = "journeys sign their access tokens with this, 7f3a91c2";
const REFRESH_TOKEN_SECRET: &str = "journeys tag their refresh tokens with this, c05b6e48";

/// One API with its database.
#[derive(Debug)]
pub struct Api {
    program: PathBuf,
    leash: PathBuf,
    folder: PathBuf,
    port: u16,
    settings: Vec<(String, String)>,
    running: Mutex<Option<Child>>,
}

impl Api {
    /// On that port, with its database in that folder; migrated, not running yet.
    pub fn new(setting: &Setting, folder: &Path, port: u16) -> Self {
        let database = format!("sqlite://{}", folder.join("journey.db").display());
        let fixed = [
            ("DATABASE_URL", database.as_str()),
            ("LISTEN", &format!("127.0.0.1:{port}")),
            ("JWT_SECRET", JWT_SECRET),
            ("REFRESH_TOKEN_SECRET", REFRESH_TOKEN_SECRET),
        ];
        let api = Self {
            program: setting.api.clone(),
            leash: setting.leash.clone(),
            folder: folder.to_owned(),
            port,
            settings: fixed
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            running: Mutex::default(),
        };
        api.command(&["migrate"], "");
        api
    }

    /// With that variable.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.settings.push((name.to_owned(), value.into()));
    }

    /// What speaks to it directly.
    pub fn wire(&self) -> Wire {
        Wire::to(self.port)
    }

    /// Serves, and returns when it is ready.
    pub async fn start(&self) {
        let mut program = Program::new(&self.leash, &self.program)
            .arg("serve")
            .within(&self.folder)
            .without_surroundings();
        for (name, value) in &self.settings {
            program = program.env(name, value);
        }
        *self.running() = Some(program.start(&self.log_file()));
        until("the API is ready", async || {
            let runs = self.running().as_mut().is_some_and(Child::is_running);
            assert!(runs, "the API ended:\n{}", self.log());
            self.wire().is_ready().await.then_some(())
        })
        .await;
    }

    /// SIGTERM, and returns when it is gone.
    pub fn stop(&self) {
        drop(self.running().take());
    }

    /// Makes an administrator, as one does on the command line.
    pub fn create_admin(&self, name: &str, password: &str) {
        self.command(&["user", "create", name, "--role", "admin"], password);
    }

    /// All that it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join("api.log")
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn command(&self, arguments: &[&str], input: &str) {
        let mut child = Command::new(&self.program)
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .envs(self.settings.iter().cloned())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the API's program runs");
        let mut stdin = child.stdin.take().expect("BUG: it is piped");
        // A command that asks nothing may have ended by now; how it ended decides.
        let _ = writeln!(stdin, "{input}");
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "api {arguments:?} failed: {said}");
    }
}
