//! The catalogue: every text, in English. What it is in another language stands behind the same
//! name in `i18n`, in the same order; a test holds the files to it.

mod account;
mod entry;
mod events;
mod frame;
mod inspector;
mod people;
mod reasons;

use super::language::say;
use yew::html::IntoPropValue;
use yew::{AttrValue, Html};

pub use account::*;
pub use entry::*;
pub use events::*;
pub use frame::*;
pub use inspector::*;
pub use people::*;
pub use reasons::*;

/// One text, by its number in the catalogue: what it is in a language is known where it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(u16);

impl Text {
    /// In the language that is spoken now.
    #[inline(never)]
    pub fn say(self) -> &'static str {
        say(self.0)
    }

    /// With these in place of each `{}`.
    pub fn fill(self, parts: &[&str]) -> String {
        let mut said = self.say().split("{}");
        let mut text = said.next().unwrap_or_default().to_owned();
        for (rest, part) in said.zip(parts) {
            text.push_str(part);
            text.push_str(rest);
        }
        text
    }
}

impl IntoPropValue<AttrValue> for Text {
    fn into_prop_value(self) -> AttrValue {
        self.into()
    }
}

impl IntoPropValue<Option<AttrValue>> for Text {
    fn into_prop_value(self) -> Option<AttrValue> {
        Some(self.into())
    }
}

impl IntoPropValue<Html> for Text {
    fn into_prop_value(self) -> Html {
        self.into()
    }
}

impl From<Text> for Html {
    #[inline(never)]
    fn from(text: Text) -> Self {
        Html::from(text.say())
    }
}

impl From<Text> for AttrValue {
    #[inline(never)]
    fn from(text: Text) -> Self {
        AttrValue::Static(text.say())
    }
}

/// The texts of a file, numbered on from those of the file before.
macro_rules! texts {
    (first: $($texts:tt)*) => { super::texts! { @ 0; $($texts)* } };
    (after $before:ident: $($texts:tt)*) => { super::texts! { @ super::$before::COUNT; $($texts)* } };
    (@ $start:expr; $($name:ident = $english:literal;)*) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "they count the constants of these names")]
        enum Number { $($name,)* Count }
        $(pub const $name: super::Text = super::Text($start + Number::$name as u16);)*
        pub(super) const COUNT: u16 = $start + Number::Count as u16;
        /// A text a line.
        pub(super) const ENGLISH: &str = concat!($($english, "\n"),*);
        #[cfg(test)]
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}
use texts;

/// What is said in English, a text a line, in the order of their numbers.
pub(super) const ENGLISH: [&str; 7] = [
    frame::ENGLISH,
    entry::ENGLISH,
    account::ENGLISH,
    events::ENGLISH,
    inspector::ENGLISH,
    people::ENGLISH,
    reasons::ENGLISH,
];

/// How many there are.
pub(super) const COUNT: u16 = reasons::COUNT;

/// The names of the texts, in the order of their numbers.
#[cfg(test)]
pub fn names() -> Vec<&'static str> {
    [
        frame::NAMES,
        entry::NAMES,
        account::NAMES,
        events::NAMES,
        inspector::NAMES,
        people::NAMES,
        reasons::NAMES,
    ]
    .concat()
}

#[cfg(test)]
mod literals;
