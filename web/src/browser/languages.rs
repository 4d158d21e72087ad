//! The language that was chosen here, or that the browser asks for.

use super::store::LocalStore;
use super::window;
use crate::words::{Language, speak, spoken};
use client::Storage;

const KEY: &str = "countersign.language";

/// What the browser asks for, the most wanted first.
fn wished() -> Vec<String> {
    let wished = window().navigator().languages();
    wished.iter().filter_map(|tag| tag.as_string()).collect()
}

/// The tag for dates and numbers: the language of the page as it is written where the person is,
/// so that English has a British date in Britain.
pub fn locale() -> String {
    let mut wished = wished().into_iter();
    let language = spoken();
    let regional = wished.find(|tag| language.is_of(tag));
    regional.unwrap_or_else(|| language.tag().to_owned())
}

/// The language to begin with.
pub fn first() -> Language {
    let wished = wished();
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
