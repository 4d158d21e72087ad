//! Which language the app speaks: as chosen, else as the browser asks.
//!
//! English is a part of the app. What is said in another language is a file in `i18n`, which is
//! fetched when somebody wants it. The app knows each file's version, and takes no other: an order
//! of texts that is not its own would put them in wrong places.

use super::text;
use std::cell::{Cell, OnceCell};

/// What is said in a language, in the order of the catalogue.
type Said = Vec<&'static str>;

macro_rules! languages {
    ($english:ident = $its_tag:literal, $its_name:literal; $($language:ident = $tag:literal, $name:literal;)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Language { $english, $($language),* }

        impl Language {
            pub const ALL: &[Self] = &[Self::$english, $(Self::$language),*];

            /// The tag of BCP 47, which is also what is kept.
            pub const fn tag(self) -> &'static str {
                match self { Self::$english => $its_tag, $(Self::$language => $tag),* }
            }

            /// What it calls itself.
            pub const fn name(self) -> &'static str {
                match self { Self::$english => $its_name, $(Self::$language => $name),* }
            }

            /// The version of its file; the first language has none.
            const fn version(self) -> u32 {
                match self {
                    Self::$english => 0,
                    $(Self::$language => const { version(include_bytes!(concat!("../../i18n/", $tag, ".txt"))) },)*
                }
            }

            /// Its file, for the tests.
            #[cfg(test)]
            pub const fn file(self) -> Option<&'static str> {
                match self {
                    Self::$english => None,
                    $(Self::$language => Some(include_str!(concat!("../../i18n/", $tag, ".txt"))),)*
                }
            }
        }
    };
}

languages! {
    English = "en", "English";
    German = "de", "Deutsch";
}

thread_local! {
    /// A page has one language; whoever shows a text asks for it here.
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
    static KNOWN: [OnceCell<Said>; Language::ALL.len()] =
        const { [const { OnceCell::new() }; Language::ALL.len()] };
}

impl Language {
    /// Whether that tag means this language, in whatever region.
    pub fn is_of(self, tag: &str) -> bool {
        let primary = tag.split('-').next().unwrap_or(tag);
        self.tag().eq_ignore_ascii_case(primary)
    }

    /// The one that was chosen, else the first of the wished ones that we speak.
    pub fn of<'a>(chosen: Option<&'a str>, wished: impl Iterator<Item = &'a str>) -> Self {
        let mut tags = chosen.into_iter().chain(wished);
        let by_tag = |tag: &str| {
            Self::ALL
                .iter()
                .copied()
                .find(|language| language.is_of(tag))
        };
        tags.find_map(by_tag).unwrap_or(Self::English)
    }

    /// Where its file is; no cache takes another version for this one.
    pub fn path(self) -> String {
        let version = self.version().to_string();
        ["/i18n/", self.tag(), ".txt?", &version].concat()
    }

    /// Whether it can be spoken.
    pub fn is_known(self) -> bool {
        self == Self::English || KNOWN.with(|known| known[self as usize].get().is_some())
    }

    /// Takes what its file says, if it is the file of this app.
    pub fn learn(self, file: String) -> bool {
        let ours = version(file.as_bytes()) == self.version();
        if ours && !self.is_known() {
            // Said until the page is gone.
            let said = texts(file.leak()).collect();
            KNOWN.with(|known| {
                known[self as usize].get_or_init(|| said);
            });
        }
        ours
    }
}

/// The language of the page.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// From now on, this one, which must be known.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The text of that number in the language of the page.
pub(super) fn say(number: u16) -> &'static str {
    KNOWN.with(|known| known[spoken() as usize].get_or_init(english)[usize::from(number)])
}

fn english() -> Said {
    let mut said = Vec::with_capacity(text::COUNT.into());
    for part in text::ENGLISH {
        said.extend(part.lines());
    }
    said
}

/// The texts of a file: what stands in quotes behind a name.
fn texts(file: &str) -> impl Iterator<Item = &str> {
    let lines = file.lines();
    lines.filter_map(|line| line.split_once(" = \"")?.1.strip_suffix('"'))
}

/// FNV-1a, which tells versions apart; nobody is kept from anything by it.
const fn version(file: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < file.len() {
        hash = (hash ^ file[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests;
