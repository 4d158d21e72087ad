//! Which language the app speaks: as chosen, else as the browser asks.

use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    German,
}

/// A page has one language; whoever shows a text asks for it here.
static GERMAN: AtomicBool = AtomicBool::new(false);

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The tag of BCP 47, which is also what is kept.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// What it calls itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Whether that tag means this language, in whatever region.
    pub fn is_of(self, tag: &str) -> bool {
        let primary = tag.split('-').next().unwrap_or(tag);
        self.tag().eq_ignore_ascii_case(primary)
    }

    /// The one that was chosen, else the first of the wished ones that we speak.
    pub fn of<'a>(chosen: Option<&str>, wished: impl Iterator<Item = &'a str>) -> Self {
        let by_tag = |tag: &str| Self::ALL.into_iter().find(|language| language.is_of(tag));
        let chosen = chosen.and_then(by_tag);
        let mut wished = wished.filter_map(by_tag);
        chosen.or_else(|| wished.next()).unwrap_or(Self::English)
    }
}

/// The language of the page.
pub fn spoken() -> Language {
    if GERMAN.load(Ordering::Relaxed) {
        Language::German
    } else {
        Language::English
    }
}

/// From now on, this one.
pub fn speak(language: Language) {
    GERMAN.store(language == Language::German, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_beats_the_browser() {
        let wished = || ["fr-CH", "de-AT", "en"].into_iter();
        assert_eq!(Language::of(Some("en"), wished()), Language::English);
        assert_eq!(Language::of(None, wished()), Language::German);
        assert_eq!(Language::of(Some("nonsense"), wished()), Language::German);
        assert_eq!(Language::of(None, ["fr"].into_iter()), Language::English);
    }
}
