//! What pages tell people to type at the server's terminal is there: commands and their options.

use super::tree::{SourceFile, Tree};
use crate::workspace::Workspace;
use anyhow::Context;
use std::collections::BTreeMap;
use std::process::Command;

/// What is asked of the program: words of the command, and options.
type Call<'a> = (Vec<&'a str>, Vec<&'a str>);

/// Asks the program, if it is built; a step of `cargo xtask test` builds it before.
pub fn check(tree: &Tree, workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    let program = workspace.api("debug");
    if !program.exists() {
        println!("commands are not checked: the API is not built");
        return Ok(Vec::new());
    }
    let mut helps = BTreeMap::new();
    let mut breaches = Vec::new();
    for page in tree.files.iter().filter(|file| file.is("md")) {
        for (words, options) in calls(page) {
            if !helps.contains_key(&words) {
                let mut ask = Command::new(&program);
                let output = ask.arg("help").args(&words).output();
                let output = output.context("cannot run the API's program")?;
                let help = String::from_utf8_lossy(&output.stdout).into_owned();
                helps.insert(words.clone(), output.status.success().then_some(help));
            }
            let help = helps[&words].as_deref();
            breaches.extend(breach(&page.path, &(words, options), help));
        }
    }
    Ok(breaches)
}

fn breach(page: &str, (words, options): &Call<'_>, help: Option<&str>) -> Option<String> {
    let command = words.join(" ");
    let Some(help) = help else {
        return Some(format!("{page}: there is no `api {command}`"));
    };
    let known = |option: &&&str| help.split_whitespace().any(|word| word == **option);
    let unknown = options.iter().find(|option| !known(option))?;
    Some(format!("{page}: `api {command}` knows no {unknown}"))
}

/// Lines and quoted pieces that call `api`. What a person fills in is not written in small letters.
fn calls(page: &SourceFile) -> Vec<Call<'_>> {
    let lines = page.text.lines().flat_map(|line| line.split('`'));
    let calls = lines.filter_map(|piece| {
        let (before, rest) = piece.split_once("api ")?;
        // Variables may stand before it.
        let is_call = before.is_empty() || (before.ends_with(' ') && before.contains('='));
        let mut rest = rest.split(' ').peekable();
        let is_word =
            |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        let mut words = Vec::new();
        while let Some(word) = rest.next_if(is_word) {
            words.push(word);
        }
        // Two dashes alone end the options.
        let options = rest.filter(|word| word.len() > 2 && word.starts_with("--"));
        let options = options.collect();
        (is_call && !words.is_empty()).then_some((words, options))
    });
    calls.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    #[test]
    fn calls_are_found_in_blocks_and_in_sentences() {
        let text = "Run `api key list`.\n\n```sh\nJWT=$A api key rotate --overlap 2h\napi restore FILE --replace\n```\nThe api is `the api itself`, `api/src`.\n";
        let tree = tree(&[("a.md", text)]);
        assert_eq!(
            calls(&tree.files[0]),
            [
                (vec!["key", "list"], vec![]),
                (vec!["key", "rotate"], vec!["--overlap"]),
                (vec!["restore"], vec!["--replace"]),
            ]
        );
    }

    #[test]
    fn what_the_program_does_not_know_is_a_breach() {
        let call = (vec!["key", "burn"], vec!["--now"]);
        assert_eq!(
            breach("a.md", &call, None).as_deref(),
            Some("a.md: there is no `api key burn`")
        );
        let help = "Options:\n  --nowhere\n";
        assert_eq!(
            breach("a.md", &call, Some(help)).as_deref(),
            Some("a.md: `api key burn` knows no --now")
        );
        assert_eq!(breach("a.md", &call, Some("  --now  At once")), None);
    }
}
