//! A step of `cargo xtask test`: `openapi.json` is a valid document, three generators make clients
//! of it, and those register, sign in, call, refresh and sign out against the running API. So do
//! the programs that README shows.

mod node;
mod python;
mod readme;
mod server;

use crate::args::Flags;
use crate::child_guard;
use crate::environment;
use crate::supervisor::Supervisor;
use crate::tools::npm;
use crate::workspace::Workspace;
use server::Server;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{fs, io};

/// How `cargo xtask test` calls it; it is not for people.
pub const VERB: &str = "clients";

/// The clients' own files, of the checkout.
const SOURCES: &str = "xtask/clients";
/// Nobody's, hard to guess.
const PASSWORD: &str = "lampshade trombone glacier 47";

/// Nothing, or one line that says how to get what is missing.
pub fn find() -> Result<(), String> {
    npm::find()?;
    for (program, package) in [("curl", "curl"), ("python3", "python3-venv")] {
        if environment::on_path(program).is_empty() {
            return Err(format!(
                "{program} is not there; `apt-get install {package}` installs it"
            ));
        }
    }
    Ok(())
}

/// What the clients share.
struct Stage<'a> {
    supervisor: &'a Supervisor,
    root: &'a Path,
    /// Where clients are generated and run; what was installed there stays for the next time.
    folder: PathBuf,
}

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    Flags::parse(args, &[], &[])?;
    let workspace = Workspace::locate()?;
    let supervisor = Supervisor::new()?;
    let stage = Stage {
        supervisor: &supervisor,
        root: &workspace.root,
        folder: workspace.scratch("clients")?,
    };
    stage.copy_sources()?;
    python::prepare(&stage)?;
    node::prepare(&stage)?;
    let build = child_guard::cargo(&["build", "--quiet", "--package", "api"]);
    supervisor.run_checked("building the API", build)?;
    let server = Server::start(&stage, &workspace)?;
    node::run(&stage, &server)?;
    python::run(&stage, &server)?;
    let shown = readme::run(&stage, &server)?;
    println!("3 generated clients and {shown} programs of README.md sign in and out");
    Ok(ExitCode::SUCCESS)
}

impl Stage<'_> {
    /// The clients' files lie beside what is generated and installed.
    fn copy_sources(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.root.join(SOURCES))? {
            let entry = entry?;
            fs::copy(entry.path(), self.folder.join(entry.file_name()))?;
        }
        Ok(())
    }

    fn spec(&self) -> PathBuf {
        self.root.join("openapi.json")
    }

    /// A program under a child guard, in the folder.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = child_guard::command(program);
        command.current_dir(&self.folder);
        command
    }

    /// Runs an installer unless it has been run for that list before.
    fn install(&self, list: &str, what: &str, steps: Vec<Command>) -> anyhow::Result<()> {
        let wanted = fs::read_to_string(self.folder.join(list))?;
        let stamp = self.folder.join(format!("{list}.installed"));
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        eprintln!("installing {what}; under a minute, once a checkout");
        for step in steps {
            self.supervisor
                .run_checked(&format!("installing {what}"), step)?;
        }
        fs::write(stamp, wanted)?;
        Ok(())
    }

    /// Empties a folder in which something is generated.
    fn empty(&self, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}
