//! `cargo xtask bench`: everything that is promised of speed and size, measured in one run beside what
//! others would build, and written into `docs/performance.md` with its pictures.

mod figures;
mod machine;
mod page;
mod peers;
mod picture;
mod table;
mod targets;

use crate::args::Flags;
use crate::child_guard;
use crate::dist;
use crate::postgres;
use crate::supervisor::Supervisor;
use crate::tools::Tools;
use crate::workspace::Workspace;
use anyhow::Context;
use figures::Figures;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// Twice what it takes where others use the machine too.
const LIMIT: Duration = Duration::from_mins(15);

/// The verb. In short it only shows that it still works: nothing is optimised and nothing written.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    let flags = Flags::parse(args, &["--quick"], &[])?;
    let run = Run {
        workspace: Workspace::locate()?,
        supervisor: Supervisor::new()?,
        quick: flags.has("--quick"),
    };
    let figures = run.figures()?;
    let claims = targets::all(&figures);
    print!("{}", table::tables(&claims, &figures));
    if run.quick {
        println!("\nit still works; nothing was optimised, so these figures say nothing");
    } else {
        page::write(&run.workspace.root, &claims, &figures)?;
        println!("docs/performance.md and its pictures say so too");
    }
    Ok(ExitCode::SUCCESS)
}

struct Run {
    workspace: Workspace,
    supervisor: Supervisor,
    quick: bool,
}

impl Run {
    fn figures(&self) -> anyhow::Result<Figures> {
        let web = self.web()?;
        let mut build = self.wire();
        build.arg("--no-run");
        self.supervisor
            .run_checked("building what is measured", build)?;
        let mut side = self.wire();
        side.args(["--", "side"]);
        self.length(&mut side);
        match peers::find_or_install(&self.supervisor)? {
            Ok(folder) => drop(side.arg("--peers").arg(folder)),
            Err(why) => eprintln!("nobody to compare with: {why}"),
        }
        match postgres::find() {
            Ok(_) => drop(side.arg("--postgres")),
            Err(why) => eprintln!("{why}"),
        }
        if let Some(web) = &web {
            side.arg("--web").arg(web);
        }
        let said = self.workspace.scratch("bench")?.join("figures");
        side.stdout(File::create(&said)?);
        let load = machine::load();
        let ending = self.supervisor.run(side, LIMIT)?;
        anyhow::ensure!(ending.is_success(), "measuring failed: {ending}");
        let mut figures = Figures::read(&fs::read_to_string(&said)?);
        if let Some(load) = load {
            figures.add("load before", load);
        }
        if let Some(web) = web {
            let program = fs::metadata(self.workspace.api("release"))?.len();
            figures.add("size MiB", mib(program + weight(&web)?));
        }
        Ok(figures)
    }

    /// The web app as it is shipped; in short there is none.
    fn web(&self) -> anyhow::Result<Option<PathBuf>> {
        if self.quick {
            return Ok(None);
        }
        let web = self.workspace.scratch("bench-web")?;
        let tools = Tools::ensure(&self.supervisor)?;
        dist::app(&self.workspace, &self.supervisor, &tools, &web)?;
        Ok(Some(web))
    }

    fn wire(&self) -> Command {
        let mut wire = child_guard::cargo(&["bench", "--quiet", "-p", "api", "--bench", "wire"]);
        if self.quick {
            wire.args(["--profile", "dev"]);
        }
        wire
    }

    /// All rounds of all parts take some five minutes, or half of one.
    fn length(&self, side: &mut Command) {
        let (rounds, millis) = if self.quick {
            ("1", "100")
        } else {
            ("11", "1000")
        };
        side.args(["--rounds", rounds, "--millis", millis]);
    }
}

fn mib(bytes: u64) -> f64 {
    let kib = u32::try_from(bytes / 1024).unwrap_or(u32::MAX);
    f64::from(kib) / 1024.0
}

/// Of all files that are no compressed copies of others.
fn weight(folder: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder).context("the web app is not there")? {
        let entry = entry?;
        let path = entry.path();
        let is_copy = path
            .extension()
            .is_some_and(|end| end == "gz" || end == "br");
        sum += match entry.metadata()? {
            about if about.is_dir() => weight(&path)?,
            about if !is_copy => about.len(),
            _ => 0,
        };
    }
    Ok(sum)
}
