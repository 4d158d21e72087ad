//! `.env.example` has the variables that `api serve` reads, all and only those.

use super::tree::Tree;
use crate::workspace::Workspace;
use anyhow::Context;
use std::collections::BTreeSet;
use std::process::Command;

const FILE: &str = ".env.example";

/// Asks the program, if it is built; a step of `cargo xtask test` builds it before.
pub fn check(tree: &Tree, workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    let program = workspace.api("debug");
    if !program.exists() {
        println!("{FILE} is not checked: the API is not built");
        return Ok(Vec::new());
    }
    let output = Command::new(program)
        .args(["serve", "--help"])
        .output()
        .context("cannot run the API's program")?;
    let help = String::from_utf8_lossy(&output.stdout);
    Ok(differences(tree.text(FILE).unwrap_or_default(), &help))
}

fn differences(example: &str, help: &str) -> Vec<String> {
    let (listed, read) = (listed(example), read(help));
    let missing = read.difference(&listed);
    let missing = missing.map(|name| format!("{FILE}: {name} is missing"));
    let strange = listed.difference(&read);
    let strange = strange.map(|name| format!("{FILE}: nobody reads {name}"));
    missing.chain(strange).collect()
}

/// `NAME=value`, and `#NAME=default` for what need not be set.
fn listed(example: &str) -> BTreeSet<&str> {
    let lines = example
        .lines()
        .map(|line| line.trim_start_matches(['#', ' ']));
    let names = lines.filter_map(|line| Some(line.split_once('=')?.0));
    names.filter(|name| is_name(name)).collect()
}

/// `[env: NAME=]`, or `[env: NAME]` where the value is not to be shown.
fn read(help: &str) -> BTreeSet<&str> {
    let variables = help.split("[env: ").skip(1);
    let names = variables.filter_map(|rest| rest.split(['=', ']']).next());
    names.filter(|name| is_name(name)).collect()
}

fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    !text.is_empty() && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELP: &str =
        "  --listen <A>  Where [env: LISTEN=] [default: x]\n  --jwt [env: JWT_SECRET]\n";

    #[test]
    fn the_same_variables_in_both_are_fine() {
        let example = "# Where, like a=b\n#LISTEN=127.0.0.1:8000\nJWT_SECRET=\n";
        assert!(differences(example, HELP).is_empty());
    }

    #[test]
    fn one_that_is_missing_and_one_that_nobody_reads_are_breaches() {
        assert_eq!(
            differences("LISTEN=\nPROT=1\n", HELP),
            [
                ".env.example: JWT_SECRET is missing",
                ".env.example: nobody reads PROT"
            ]
        );
    }
}
