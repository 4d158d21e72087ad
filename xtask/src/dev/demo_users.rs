//! Two demo people, so that there is somebody to sign in as.

use super::api::Api;
use super::env_file::{random_hex, write_private};
use anyhow::{Context, bail};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

/// Names, and the roles they get besides what everybody may.
const USERS: [(&str, Option<&str>); 2] = [("demo", None), ("admin", Some("admin"))];

/// Kept beside the database, so that the next start can print the passwords again.
const FILE: &str = "data/demo-people.txt";

/// Makes the people who are not there yet, and says how to sign in as each.
pub fn seed(root: &Path, api: &Api) -> anyhow::Result<String> {
    let path = root.join(FILE);
    let known = fs::read_to_string(&path).unwrap_or_default();
    let mut lines = Vec::new();
    for (name, role) in USERS {
        let kept = password_of(&known, name).map(str::to_owned);
        let password = match &kept {
            Some(password) => password.clone(),
            None => random_hex::<8>()?,
        };
        let made = create(api, name, role, &password)?;
        if made || kept.is_some() {
            lines.push(format!("{name} {password}"));
        } else {
            eprintln!("{name} is there already; {FILE} does not know the password");
        }
    }
    write_private(&path, &(lines.join("\n") + "\n"))?;
    let shown: Vec<_> = lines
        .iter()
        .map(|line| format!("  sign in as  {line}"))
        .collect();
    Ok(shown.join("\n"))
}

fn password_of<'a>(known: &'a str, name: &str) -> Option<&'a str> {
    known
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
}

/// Whether the account was made now; false where it was there before.
fn create(api: &Api, name: &str, role: Option<&str>, password: &str) -> anyhow::Result<bool> {
    let mut command = api.user();
    command.args(["create", name]);
    if let Some(role) = role {
        command.args(["--role", role]);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run the API's program")?;
    let mut stdin = child.stdin.take().expect("BUG: it is piped");
    // A child that refuses before it reads closes the pipe; why, it says itself.
    let _ = writeln!(stdin, "{password}");
    drop(stdin);
    let output = child.wait_with_output()?;
    let why = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() && !why.contains("is taken") {
        bail!(
            "the demo account `{name}` could not be made: {}",
            why.trim()
        );
    }
    Ok(output.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_found_by_the_whole_name() {
        let known = "demo-two aaaa\ndemo bbbb\nadmin cccc\n";
        assert_eq!(password_of(known, "demo"), Some("bbbb"));
        assert_eq!(password_of(known, "admin"), Some("cccc"));
        assert_eq!(password_of(known, "dem"), None);
    }
}
