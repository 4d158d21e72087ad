//! How the API is built, prepared and started in development.

use super::{Wish, env_file};
use crate::child_guard;
use crate::environment;
use crate::supervisor::{LIMIT, Supervisor};
use crate::workspace::Workspace;
use anyhow::bail;
use std::path::PathBuf;
use std::process::Command;

/// The API's side of `dev`.
pub struct Api {
    root: PathBuf,
    program: PathBuf,
    release: bool,
    variables: Vec<(String, String)>,
}

impl Api {
    pub fn new(workspace: &Workspace, wish: &Wish) -> anyhow::Result<Self> {
        let mut variables = env_file::variables(&workspace.root)?;
        // What a person sets by hand for one run is stronger than the file.
        variables.retain(|(name, _)| environment::variable(name).is_none());
        let is_set = |name| {
            environment::variable(name).is_some() || variables.iter().any(|(key, _)| key == name)
        };
        if !is_set("API_DOCS") {
            variables.push(("API_DOCS".to_owned(), "on".to_owned()));
        }
        // These two follow from the ports, wherever else they are set: trunk relies on them.
        let listen = format!("127.0.0.1:{}", wish.api_port);
        let public = format!("http://127.0.0.1:{}", wish.port);
        variables.push(("LISTEN".to_owned(), listen));
        variables.push(("PUBLIC_URL".to_owned(), public));
        Ok(Self {
            root: workspace.root.clone(),
            program: workspace.api(if wish.release { "release" } else { "debug" }),
            release: wish.release,
            variables,
        })
    }

    /// Builds it, fetches what trunk needs offline, and brings the database up to date.
    pub fn build_first(&self, supervisor: &Supervisor) -> anyhow::Result<()> {
        eprintln!("building the API; minutes the first time, seconds later");
        supervisor.run_checked(
            "fetching the crates",
            child_guard::cargo(&["fetch", "--quiet"]),
        )?;
        supervisor.run_checked("building the API", self.build())?;
        if !self.migrate(supervisor)? {
            bail!("the database could not be migrated; the reason stands above");
        }
        Ok(())
    }

    pub fn build(&self) -> Command {
        let mut build = child_guard::cargo(&["build", "--quiet", "--package", "api"]);
        if self.release {
            build.arg("--release");
        }
        build
    }

    /// Whether the database is up to date now.
    pub fn migrate(&self, supervisor: &Supervisor) -> anyhow::Result<bool> {
        let mut migrate = child_guard::command(&self.program);
        self.knowing_its_variables(&mut migrate);
        migrate.arg("migrate");
        Ok(supervisor.run(migrate, LIMIT)?.is_success())
    }

    pub fn serve(&self) -> Command {
        let mut serve = child_guard::command(&self.program);
        self.knowing_its_variables(&mut serve);
        serve.arg("serve");
        serve
    }

    /// `api user`, which is short and reads its standard input, so it needs no guard.
    pub fn user(&self) -> Command {
        let mut user = Command::new(&self.program);
        self.knowing_its_variables(&mut user);
        user.arg("user");
        user
    }

    fn knowing_its_variables(&self, command: &mut Command) {
        let variables = self.variables.iter().map(|(name, value)| (name, value));
        command.current_dir(&self.root).envs(variables);
    }
}
