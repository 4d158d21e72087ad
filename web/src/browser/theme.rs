//! Light or dark: as the system wishes, unless somebody chose. The script in index.html applies the
//! choice before anything is painted.

use super::store::LocalStore;
use super::window;
use client::Storage;
use web_sys::Document;

const KEY: &str = "countersign.theme";
const ATTRIBUTE: &str = "data-theme";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// What is kept, and what style sheets ask for.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn of(word: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|theme| theme.word() == word)
            .unwrap_or(Self::System)
    }

    /// The choice in force.
    pub fn chosen() -> Self {
        LocalStore
            .read(KEY)
            .map_or(Self::System, |word| Self::of(&word))
    }

    /// Chooses the theme of that word.
    pub fn choose(word: &str) {
        let theme = Self::of(word);
        let document = window().document().expect("BUG: a page has a document");
        let root = document.document_element();
        let root = root.expect("BUG: a document has an element");
        theme.tint(&document);
        // An attribute of that name is never refused.
        let _ = if theme == Self::System {
            LocalStore.remove(KEY);
            root.remove_attribute(ATTRIBUTE)
        } else {
            LocalStore.write(KEY, theme.word());
            root.set_attribute(ATTRIBUTE, theme.word())
        };
    }

    /// The browser's own bars follow too.
    fn tint(self, document: &Document) {
        for other in [Self::Light, Self::Dark] {
            let tint = document.get_element_by_id(&["tint-", other.word()].concat());
            let media = match self {
                Self::System => ["(prefers-color-scheme: ", other.word(), ")"].concat(),
                chosen if chosen == other => "all".to_owned(),
                _ => "not all".to_owned(),
            };
            if let Some(tint) = tint {
                // An attribute of that name is never refused.
                let _ = tint.set_attribute("media", &media);
            }
        }
    }
}
