//! Rules that both sides apply: the form at the field, the server to the body.

use serde::{Deserialize, Serialize};

/// A rule that an input breaks. Programs match this; people read [`Violation::message`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Enum))]
#[cfg_attr(feature = "openapi", oai(rename = "Rule", rename_all = "snake_case"))]
pub enum Violation {
    /// It must be there.
    Required,
    /// Fewer characters than asked for.
    TooShort,
    /// More characters or bytes than allowed.
    TooLong,
    /// Characters that are not allowed here.
    InvalidCharacters,
    /// The name is kept for the operator, or would be taken for somebody official.
    Reserved,
    /// The first character is neither a letter nor a digit.
    InvalidStart,
    /// The password holds the name.
    ContainsUsername,
    /// The password holds the product's name.
    ContainsProductName,
    /// The password repeats one character.
    #[serde(rename = "monotonous")]
    #[cfg_attr(feature = "openapi", oai(rename = "monotonous"))]
    RepeatedCharacter,
    /// The password is on a list of common ones.
    Common,
    /// The password would be guessed too soon.
    #[serde(rename = "guessable")]
    #[cfg_attr(feature = "openapi", oai(rename = "guessable"))]
    TooWeak,
    /// The new password is the old one.
    Unchanged,
    /// The body has a field nobody asked for.
    UnknownField,
    /// The value is of another JSON type, or outside the allowed values.
    WrongType,
}

impl Violation {
    /// The rule in words, for the person at the field.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Required => "This is needed.",
            Self::TooShort => "This is too short.",
            Self::TooLong => "This is too long.",
            Self::InvalidCharacters => "This holds characters that are not allowed here.",
            Self::Reserved => "This name is reserved.",
            Self::InvalidStart => "This must begin with a letter or a digit.",
            Self::ContainsUsername => "The password must not contain your username.",
            Self::ContainsProductName => "The password must not contain the name of this product.",
            Self::RepeatedCharacter => "The password must not repeat one character.",
            Self::Common => "This password is one of the first an attacker tries.",
            Self::TooWeak => {
                "This password is too easy to guess; add words that do not belong together."
            }
            Self::Unchanged => "The new password is the same as the current one.",
            Self::UnknownField => "This field is not known here.",
            Self::WrongType => "This value is not of the expected type.",
        }
    }
}

/// One broken rule at one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
pub struct FieldError {
    /// The field's name in the body.
    pub field: String,
    /// The rule it breaks.
    pub rule: Violation,
    /// The rule in words.
    pub message: String,
}

impl FieldError {
    /// That field breaks that rule.
    pub fn new(field: impl Into<String>, rule: Violation) -> Self {
        Self {
            field: field.into(),
            rule,
            message: rule.message().to_owned(),
        }
    }
}

/// The broken rules of a body; empty where it is good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// Notes the rule that the field breaks, if any.
    pub fn add(&mut self, field: &str, broken: Option<Violation>) {
        if let Some(rule) = broken {
            self.0.push(FieldError::new(field, rule));
        }
    }

    /// Whether the body keeps every rule.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether that field breaks that rule.
    pub fn has(&self, field: &str, rule: Violation) -> bool {
        self.0
            .iter()
            .any(|error| error.field == field && error.rule == rule)
    }

    /// The first broken rule of a field.
    pub fn first_for(&self, field: &str) -> Option<Violation> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.rule)
    }
}

/// A body with rules beyond its types.
pub trait Validate {
    /// Every broken rule, so that a person can mend all of them at once.
    fn validate(&self) -> FieldErrors {
        FieldErrors::default()
    }
}
