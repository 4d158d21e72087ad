//! What README shows under "From a program", run as it stands there.

use super::Stage;
use super::server::Server;
use anyhow::{Context, ensure};
use std::fs;
use std::process::Command;

const SECTION: &str = "\n## From a program\n";
/// Where README's API is.
const SHOWN: &str = "http://127.0.0.1:8000";

/// A program and the language it is written in.
#[derive(Debug, PartialEq, Eq)]
struct Program<'a> {
    language: &'a str,
    text: &'a str,
}

/// Runs all of them, and says how many there are.
pub fn run(stage: &Stage<'_>, server: &Server) -> anyhow::Result<usize> {
    let page = fs::read_to_string(stage.root.join("README.md"))?;
    let programs = programs(&page).context("README.md has no section \"From a program\"")?;
    ensure!(programs.len() >= 3, "README.md shows too few programs");
    let folder = stage.empty("readme")?;
    for (number, program) in programs.iter().enumerate() {
        let file = folder.join(format!("{number}.{}", program.language));
        fs::write(&file, program.text.replace(SHOWN, &server.url))?;
        let mut command: Command = match program.language {
            "sh" => stage.command("bash"),
            "python" => stage.command("python3"),
            other => anyhow::bail!("README.md: nobody runs `{other}` here"),
        };
        if program.language == "sh" {
            command.args(["-euo", "pipefail"]);
        }
        // What cargo runs is found from the checkout; what is written lies in the scratch folder.
        let is_cargo = program.text.starts_with("cargo ");
        command.current_dir(if is_cargo { stage.root } else { &*folder });
        command.arg(&file);
        let what = format!("program {} of README.md", number + 1);
        stage.supervisor.run_checked(&what, command)?;
    }
    Ok(programs.len())
}

fn programs(page: &str) -> Option<Vec<Program<'_>>> {
    let (_, rest) = page.split_once(SECTION)?;
    let section = rest.split("\n## ").next()?;
    let mut found = Vec::new();
    // Between fences lie prose and program in turns.
    for block in section.split("\n```").skip(1).step_by(2) {
        let (language, text) = block.split_once('\n')?;
        found.push(Program { language, text });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_read_from_their_section_alone() {
        let page = "# A\n\n```sh\nno\n```\n\n## From a program\n\nWords.\n\n```sh\na\nb\n```\n\nMore.\n\n\
                    ```python\nc\n```\n\n## B\n\n```sh\nno\n```\n";
        let programs = programs(page).expect("BUG: the section is there");
        let shown: Vec<_> = programs
            .iter()
            .map(|one| (one.language, one.text))
            .collect();
        assert_eq!(shown, [("sh", "a\nb"), ("python", "c")]);
        assert!(super::programs("# A\n").is_none());
    }
}
