//! `.env`: made once from `.env.example` with fresh secrets, then the person's own.

use crate::environment;
use anyhow::{Context, bail};
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// The secrets that no file in the repository may hold.
const SECRETS: [&str; 2] = ["JWT_SECRET", "REFRESH_TOKEN_SECRET"];

/// The variables of `.env`, after making the file if there is none.
pub fn variables(root: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let path = root.join(".env");
    if !path.exists() {
        let example = fs::read_to_string(root.join(".env.example"))
            .context("cannot read .env.example, which .env is made from")?;
        write_private(&path, &with_secrets(&example, fresh_secret)?)?;
        eprintln!("made .env with fresh secrets");
    }
    let text = fs::read_to_string(&path).context("cannot read .env")?;
    let variables = parse(&text)?;
    for name in SECRETS {
        let is_set = variables
            .iter()
            .any(|(key, value)| key == name && !value.is_empty());
        if !is_set && environment::variable(name).is_none() {
            bail!(".env has no {name}; give it one, or move .env away and a new one is made");
        }
    }
    Ok(variables)
}

/// Writes a file that only its owner can read.
pub fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        // Where this fails, opening the file says so.
        let _ = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    }
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// 64 random hex digits.
fn fresh_secret() -> anyhow::Result<String> {
    random_hex::<32>()
}

/// Twice `N` random hex digits.
pub fn random_hex<const N: usize>() -> anyhow::Result<String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).context("the machine gives no random bytes")?;
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let hex = digits.map(|digit| char::from_digit(digit.into(), 16));
    Ok(hex
        .map(|digit| digit.expect("BUG: four bits are below 16"))
        .collect())
}

/// The example with its secrets filled in, wherever and however it names them.
fn with_secrets(
    example: &str,
    fresh: impl Fn() -> anyhow::Result<String>,
) -> anyhow::Result<String> {
    let mut lines: Vec<String> = example.lines().map(str::to_owned).collect();
    for name in SECRETS {
        let filled = format!("{name}={}", fresh()?);
        let prefix = format!("{name}=");
        let place = lines
            .iter_mut()
            .find(|line| line.trim_start_matches(['#', ' ']).starts_with(&prefix));
        match place {
            Some(line) => *line = filled,
            None => lines.push(filled),
        }
    }
    Ok(lines.join("\n") + "\n")
}

fn parse(text: &str) -> anyhow::Result<Vec<(String, String)>> {
    let mut variables = Vec::new();
    // Some editors begin a file with it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((name, value)) = line.split_once('=') else {
            bail!("line {} of .env is not NAME=value", index + 1);
        };
        variables.push((name.trim().to_owned(), unquoted(value.trim()).to_owned()));
    }
    Ok(variables)
}

fn unquoted(value: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_filled_in_where_the_example_names_them() {
        let example = "LISTEN=127.0.0.1:8000\n# JWT_SECRET=\n# why\nREFRESH_TOKEN_SECRET=change\n";
        let filled = with_secrets(example, || Ok("s".to_owned())).expect("BUG: nothing can fail");
        assert_eq!(
            filled,
            "LISTEN=127.0.0.1:8000\nJWT_SECRET=s\n# why\nREFRESH_TOKEN_SECRET=s\n"
        );
        let bare = with_secrets("", || Ok("s".to_owned())).expect("BUG: nothing can fail");
        assert_eq!(bare, "JWT_SECRET=s\nREFRESH_TOKEN_SECRET=s\n");
    }

    #[test]
    fn a_secret_is_64_hex_digits_and_never_the_same() {
        let secret = fresh_secret().expect("BUG: the machine has random bytes");
        assert_eq!(secret.len(), 64);
        assert!(secret.chars().all(|c| c.is_ascii_hexdigit()));
        assert_ne!(
            secret,
            fresh_secret().expect("BUG: the machine has random bytes")
        );
    }

    #[test]
    fn comments_and_quotes_are_not_values() {
        let text = "\u{feff}# A=1\r\n\n B = two words \nC=\"#3\"\nD='4'\nE=a=b\n";
        let variables = parse(text).expect("BUG: this is well-formed");
        let pairs: Vec<_> = variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [("B", "two words"), ("C", "#3"), ("D", "4"), ("E", "a=b")]
        );
    }

    #[test]
    fn a_malformed_line_is_named_without_its_text() {
        let error = parse("A=1\nhunter2\n").expect_err("BUG: this is malformed");
        assert_eq!(error.to_string(), "line 2 of .env is not NAME=value");
    }

    #[test]
    fn an_existing_file_is_read_and_left_alone() {
        let root = tempfile::tempdir().expect("BUG: there is a temporary folder");
        let text = "JWT_SECRET=mine\n";
        fs::write(root.path().join(".env"), text).expect("BUG: it is ours to write");
        let error = variables(root.path()).expect_err("BUG: a secret is missing");
        assert!(error.to_string().contains("no REFRESH_TOKEN_SECRET"));
        assert_eq!(
            fs::read_to_string(root.path().join(".env")).ok().as_deref(),
            Some(text)
        );
    }

    #[test]
    fn a_new_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().expect("BUG: there is a temporary folder");
        fs::write(root.path().join(".env.example"), "JWT_SECRET=\n").expect("BUG: it is ours");
        let made = variables(root.path()).expect("BUG: the example is there");
        assert!(made.iter().all(|(_, value)| value.len() == 64), "{made:?}");
        let about = fs::metadata(root.path().join(".env")).expect("BUG: it was made");
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
}
