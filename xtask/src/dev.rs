//! `cargo xtask dev`: the API and the app, rebuilt on change, behind one origin.

mod api;
mod demo_users;
mod env_file;
mod open;
mod up;
mod watch;

pub use env_file::random_hex;

use crate::args::Flags;
use crate::probe;
use crate::supervisor::{ChildHandle, Event, Interrupted, Supervisor};
use crate::tools::Tools;
use crate::trunk;
use crate::workspace::Workspace;
use anyhow::bail;
use api::Api;
use std::process::{ExitCode, ExitStatus};
use std::time::Duration;
use up::Up;
use watch::Watch;

/// Where the app is, unless another port is asked for.
pub const PORT: u16 = 8080;
/// The same for the API.
pub const API_PORT: u16 = 8000;
/// How often files are looked at and servers are asked whether they are up.
const TICK: Duration = Duration::from_millis(500);

/// What was asked for.
struct Wish {
    port: u16,
    api_port: u16,
    open: bool,
    release: bool,
}

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--no-open", "--release"], &["--port", "--api-port"])?;
    let wish = Wish {
        port: flags.port("--port", PORT)?,
        api_port: flags.port("--api-port", API_PORT)?,
        open: !flags.has("--no-open"),
        release: flags.has("--release"),
    };
    for (flag, port) in [("--port", wish.port), ("--api-port", wish.api_port)] {
        if !probe::is_free(port) {
            bail!("port {port} is taken; choose another with {flag}");
        }
    }
    let workspace = Workspace::locate()?;
    let supervisor = Supervisor::new()?;
    let tools = Tools::ensure(&supervisor)?;
    let api = Api::new(&workspace, &wish)?;
    // Before the first build, so that what is saved during it is built again.
    let watch = Watch::over(&workspace.root);
    api.build_first(&supervisor)?;
    let people = demo_users::seed(&workspace.root, &api)?;

    let mut trunk = trunk::serve(&workspace, &tools, (wish.port, wish.api_port))?;
    if wish.release {
        trunk.args(["--cargo-profile", "web"]);
    }
    let running = Running {
        server: supervisor.start(api.serve())?,
        web: supervisor.start(trunk)?,
        rebuild: None,
        supervisor,
        api,
        watch,
    };
    running.until_told(&wish, &people)
}

/// Both sides, and a build of the API if one is under way.
struct Running {
    server: ChildHandle,
    web: ChildHandle,
    rebuild: Option<ChildHandle>,
    supervisor: Supervisor,
    api: Api,
    watch: Watch,
}

impl Drop for Running {
    /// All are let go before the first is waited for.
    fn drop(&mut self) {
        self.server.terminate();
        self.web.terminate();
        if let Some(build) = &mut self.rebuild {
            build.terminate();
        }
    }
}

impl Running {
    fn until_told(mut self, wish: &Wish, people: &str) -> anyhow::Result<ExitCode> {
        let mut up = Up::default();
        loop {
            match self.supervisor.next(TICK) {
                Some(Event::Signal(signal)) => {
                    eprintln!("\nstopping the app and the API");
                    return Err(Interrupted(signal).into());
                }
                Some(Event::Ended(number, status)) => self.ended(number, status)?,
                None => self.build_what_changed()?,
            }
            if up.has_just_come((wish.port, wish.api_port), probe::status) {
                announce(wish, people);
            }
        }
    }

    fn ended(&mut self, number: u32, status: ExitStatus) -> anyhow::Result<()> {
        if number == self.server.number {
            bail!("the API ended by itself ({status}); everything is stopped");
        }
        if number == self.web.number {
            bail!("trunk ended by itself ({status}); everything is stopped");
        }
        let built = self.rebuild.take_if(|build| build.number == number);
        if built.is_some() {
            self.replace_server(status)?;
        }
        Ok(())
    }

    fn build_what_changed(&mut self) -> anyhow::Result<()> {
        if self.rebuild.is_none() && self.watch.has_changed() {
            eprintln!("rebuilding the API");
            self.rebuild = Some(self.supervisor.start(self.api.build())?);
        }
        Ok(())
    }

    /// Only a program that was built and whose migrations ran takes the place of the running one.
    fn replace_server(&mut self, build: ExitStatus) -> anyhow::Result<()> {
        if !build.success() || !self.api.migrate(&self.supervisor)? {
            eprintln!("the API did not build; the one before keeps running");
            return Ok(());
        }
        self.server.stop();
        self.server = self.supervisor.start(self.api.serve())?;
        eprintln!("the API runs what was saved last");
        Ok(())
    }
}

fn announce(wish: &Wish, people: &str) {
    let origin = format!("http://127.0.0.1:{}", wish.port);
    eprintln!(
        "\n  app         {origin}\n  Swagger UI  {origin}/api/docs\n  health      {origin}/healthz, {origin}/readyz\n{people}\n  Ctrl-C stops everything.\n"
    );
    if wish.open {
        open::in_browser(&origin);
    }
}
