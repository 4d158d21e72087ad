//! The catalogue: every text in every language, side by side, so that none can miss one.

mod account;
mod entry;
mod events;
mod frame;
mod inspector;
mod people;
mod reasons;

use super::language::{Language, spoken};
use yew::html::IntoPropValue;
use yew::{AttrValue, Html};

pub use account::*;
pub use entry::*;
pub use events::*;
pub use frame::*;
pub use inspector::*;
pub use people::*;
pub use reasons::*;

/// One text in every language. Pages hand it on as what it is to them, one address: the bundle has
/// some two hundred places where a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(pub &'static Languages);

/// The languages of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Languages {
    pub english: &'static str,
    pub german: &'static str,
}

impl Text {
    /// In the language that is spoken now.
    #[inline(never)]
    pub fn say(self) -> &'static str {
        match spoken() {
            Language::English => self.0.english,
            Language::German => self.0.german,
        }
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

macro_rules! texts {
    ($($name:ident = $english:literal / $german:literal;)*) => {
        $(pub const $name: super::Text =
            super::Text(&super::Languages { english: $english, german: $german });)*
        #[cfg(test)]
        pub const ALL: &[super::Text] = &[$($name),*];
    };
}
use texts;

#[cfg(test)]
mod literals;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_speaks_both_languages() {
        for Text(text) in [
            account::ALL,
            entry::ALL,
            events::ALL,
            frame::ALL,
            inspector::ALL,
            people::ALL,
            reasons::ALL,
        ]
        .concat()
        {
            assert!(
                !text.english.is_empty() && !text.german.is_empty(),
                "{text:?}"
            );
            let gaps = |said: &str| said.matches("{}").count();
            assert_eq!(gaps(text.english), gaps(text.german), "{text:?}");
            let words = text.english.len() > 8 && text.english.contains(' ');
            assert!(
                !words || text.english != text.german,
                "{text:?} was not translated"
            );
        }
    }

    #[test]
    fn gaps_are_filled_in_their_order() {
        let text = Text(&Languages {
            english: "{} of {}",
            german: "{} von {}",
        });
        assert_eq!(text.fill(&["1", "2"]), "1 of 2");
    }
}
