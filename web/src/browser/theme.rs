//! Light or dark: as the system wishes, unless somebody chose. The script in index.html applies the
//! choice before anything is painted.

use super::store::LocalStore;
use super::window;
use client::Storage;

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
        let root = window()
            .document()
            .and_then(|document| document.document_element());
        let root = root.expect("BUG: a document has an element");
        // An attribute of that name is never refused.
        let _ = if theme == Self::System {
            LocalStore.remove(KEY);
            root.remove_attribute(ATTRIBUTE)
        } else {
            LocalStore.write(KEY, theme.word());
            root.set_attribute(ATTRIBUTE, theme.word())
        };
    }
}
