//! What can be wrong with any value before its meaning is asked for: how files, shells and editors
//! spoil it. Each variable is judged, whoever adds it.

use super::{ConfigError, ConfigErrors, Faults};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use std::ffi::OsStr;

/// What U+FEFF is that some editors put at the start of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';
/// A list, of which none is written like that.
const MAY_BE_EMPTY: [&str; 1] = ["TRUSTED_PROXIES"];

/// Judges all variables of the command that was called.
pub fn check(mut command: &Command, mut matches: &ArgMatches) -> Result<(), ConfigErrors> {
    let mut faults = Faults::default();
    loop {
        for (variable, value) in given(command, matches) {
            faults.take(check_value(variable, value));
        }
        let Some((name, inner)) = matches.subcommand() else {
            break;
        };
        let found = command.find_subcommand(name);
        command = found.expect("BUG: clap matched a command that it has");
        matches = inner;
    }
    faults.finish(Some(()))
}

/// Variables whose values are no text at all, which clap cannot read.
pub fn unreadable(command: &Command) -> Result<(), ConfigErrors> {
    let mut faults = Faults::default();
    for command in command_and_subcommands(command) {
        let arguments = command.get_arguments();
        for variable in arguments.filter_map(|argument| argument.get_env()?.to_str()) {
            let value = environment(variable);
            if value.is_some_and(|value| value.to_str().is_none()) {
                let problem = "is no text in UTF-8";
                let remedy = "write it in ASCII or UTF-8";
                let error = ConfigError::new(variable.to_owned(), problem, remedy);
                faults.take(Err::<(), _>(error));
            }
        }
    }
    faults.finish(Some(()))
}

fn command_and_subcommands(command: &Command) -> Vec<&Command> {
    let inner = command.get_subcommands().flat_map(command_and_subcommands);
    inner.chain([command]).collect()
}

/// What a person or a file gave, by the name of its variable.
fn given<'a>(
    command: &'a Command,
    matches: &'a ArgMatches,
) -> impl Iterator<Item = (&'a str, &'a OsStr)> {
    let arguments = command.get_arguments();
    arguments.filter_map(|argument| {
        let variable = argument.get_env()?.to_str()?;
        let id = argument.get_id().as_str();
        match matches.value_source(id) {
            Some(ValueSource::DefaultValue) => None,
            Some(_) => Some((variable, matches.get_raw(id)?.next()?)),
            // A file whose first line sets it may begin with the mark, which is in the name then.
            None => environment(&format!("{BYTE_ORDER_MARK}{variable}"))
                .is_some()
                .then_some((variable, OsStr::new("\u{feff}"))),
        }
    })
}

fn check_value(variable: &str, value: &OsStr) -> Result<(), ConfigError> {
    let Some((problem, remedy)) = value.to_str().and_then(|text| malformed(variable, text)) else {
        return Ok(());
    };
    Err(ConfigError::new(variable.to_owned(), problem, remedy))
}

fn malformed(variable: &str, text: &str) -> Option<(&'static str, &'static str)> {
    let quotes = ['"', '\''];
    let is_quoted =
        |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    let found = if text.is_empty() && MAY_BE_EMPTY.contains(&variable) {
        return None;
    } else if text.is_empty() {
        ("is empty", "give it a value, or leave it out")
    } else if text.contains(BYTE_ORDER_MARK) {
        (
            "begins with a byte order mark",
            "save the file that sets it as UTF-8 without one",
        )
    } else if text.trim_matches([' ', '\t']).is_empty() {
        ("is blank", "give it a value, or leave it out")
    } else if text.ends_with('\r') {
        (
            "ends with a carriage return",
            "save the file that sets it with the line ends of Unix",
        )
    } else if text.chars().any(char::is_control) {
        (
            "has a line end or another control character in it",
            "write it in one line",
        )
    } else if text.trim() != text {
        ("has blanks at its ends", "take them away")
    } else if quotes.into_iter().any(is_quoted) {
        ("stands in quotes", "write it without them")
    } else {
        return None;
    };
    Some(found)
}

#[expect(
    clippy::disallowed_methods,
    reason = "clap reads the variables; here is asked for what it does not read"
)]
fn environment(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_files_and_shells_do_to_a_value_is_seen() {
        for (text, problem) in [
            ("", "is empty"),
            (" \t", "is blank"),
            ("\u{feff}15m", "byte order mark"),
            ("15m\r", "carriage return"),
            ("15m\n", "line end"),
            ("1\u{7}5m", "control character"),
            (" 15m", "blanks"),
            ("\u{a0}15m", "blanks"),
            ("\"15m\"", "quotes"),
            ("'15m'", "quotes"),
        ] {
            let (found, remedy) = malformed("ACCESS_TOKEN_TTL", text).expect(text);
            assert!(found.contains(problem) && !remedy.is_empty(), "{found}");
        }
        for text in ["15m", "two words", "\"", "it's", "\"a\" and b"] {
            assert_eq!(malformed("JWT_AUDIENCE", text), None, "{text}");
        }
        assert_eq!(malformed("TRUSTED_PROXIES", ""), None);
    }
}
