//! `cargo xtask tidy`: the rules of the house that no compiler knows, one file a rule.

mod asvs;
mod banned_words;
mod commands;
mod deny_versions;
mod doc_tests;
mod docs;
mod layers;
mod metrics;
mod names;
mod packages;
mod sizes;
mod tree;
mod variables;

use crate::args::Flags;
use crate::workspace::Workspace;
use std::process::ExitCode;
use tree::Tree;

/// Each names what breaks it, one sentence a breach that begins with the file.
type Rule = fn(&Tree) -> Vec<String>;

const RULES: [Rule; 11] = [
    asvs::check,
    deny_versions::check,
    layers::check,
    metrics::check,
    names::check,
    packages::check,
    docs::check_decisions,
    docs::check_folders,
    docs::check_verbs,
    doc_tests::check,
    banned_words::check,
];

/// The verb.
pub fn run(args: &[String]) -> anyhow::Result<ExitCode> {
    Flags::parse(args, &[], &[])?;
    let workspace = Workspace::locate()?;
    let tree = Tree::of_checkout(&workspace.root)?;
    let mut breaches: Vec<String> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    breaches.extend(sizes::check(&tree));
    breaches.extend(packages::check_browser(&packages::browser_packages()?));
    breaches.extend(commands::check(&tree, &workspace)?);
    breaches.extend(variables::check(&tree, &workspace)?);
    println!("{}", sizes::report(&tree));
    for breach in &breaches {
        println!("{breach}");
    }
    println!("{} files, {} breaches", tree.files.len(), breaches.len());
    Ok(ExitCode::from(u8::from(!breaches.is_empty())))
}
