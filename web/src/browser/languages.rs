//! The language that was chosen here, or that the browser asks for.

use super::store::LocalStore;
use super::window;
use crate::words::{Language, speak};
use client::Storage;

const KEY: &str = "countersign.language";

/// The language to begin with.
pub fn first() -> Language {
    let wished = window().navigator().languages();
    let wished: Vec<_> = wished.iter().filter_map(|tag| tag.as_string()).collect();
    let chosen = LocalStore.read(KEY);
    Language::of(chosen.as_deref(), wished.iter().map(String::as_str))
}

/// Keeps the choice.
pub fn choose(language: Language) {
    LocalStore.write(KEY, language.tag());
    apply(language);
}

/// Tells the page and whoever reads it out.
pub fn apply(language: Language) {
    speak(language);
    let root = window()
        .document()
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // An attribute of that name is never refused.
        let _ = root.set_attribute("lang", language.tag());
    }
}
