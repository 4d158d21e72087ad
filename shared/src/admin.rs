//! Looking after other people's accounts, under `/api/admin`.

use crate::role::Role;
use crate::validate::{FieldErrors, Validate, Violation};
use serde::{Deserialize, Serialize};

/// The most rows a page may hold.
pub const PAGE_MAX: u32 = 100;

/// How many rows a page holds when nobody says.
pub const PAGE_DEFAULT: u32 = 20;

/// In which order people are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Enum))]
#[cfg_attr(feature = "openapi", oai(rename = "PeopleOrder"))]
pub enum UserSort {
    /// By name.
    #[default]
    #[serde(rename = "username")]
    #[cfg_attr(feature = "openapi", oai(rename = "username"))]
    Username,
    /// By name, from the end.
    #[serde(rename = "-username")]
    #[cfg_attr(feature = "openapi", oai(rename = "-username"))]
    UsernameDesc,
    /// Who came last comes first.
    #[serde(rename = "-created_at")]
    #[cfg_attr(feature = "openapi", oai(rename = "-created_at"))]
    Newest,
    /// Who came first.
    #[serde(rename = "created_at")]
    #[cfg_attr(feature = "openapi", oai(rename = "created_at"))]
    Oldest,
}

impl UserSort {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Username,
        Self::UsernameDesc,
        Self::Newest,
        Self::Oldest,
    ];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::UsernameDesc => "-username",
            Self::Newest => "-created_at",
            Self::Oldest => "created_at",
        }
    }

    /// The order of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.as_str() == word)
    }
}

/// A person, as an administrator sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(
    feature = "openapi",
    oai(rename = "ManagedUser", skip_serializing_if_is_none)
)]
pub struct AdminUserView {
    /// The person's id.
    pub id: String,
    /// The public handle in its canonical form.
    pub username: String,
    /// What the person wants to be called, if they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Whether they are kept from signing in.
    pub disabled: bool,
    /// When the account was made, in seconds since the Unix epoch.
    pub created_at: u64,
    /// How many sessions are live now.
    pub live_sessions: u32,
}

/// A page of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(skip_serializing_if_is_none))]
pub struct UserPage {
    /// At most `limit` people.
    pub users: Vec<AdminUserView>,
    /// Give it back as `after` to get the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Changes to a person; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(
    feature = "openapi",
    oai(deny_unknown_fields, skip_serializing_if_is_none)
)]
pub struct UpdateUser {
    /// The roles from now on; `user` is always among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
    /// Whether the person is kept from signing in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

impl Validate for UpdateUser {
    fn validate(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Some(roles) = &self.roles {
            let missing = !roles.contains(&Role::User);
            errors.add("roles", missing.then_some(Violation::Required));
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_an_order_is_its_json() {
        for order in UserSort::ALL {
            let json = serde_json::to_value(order).expect("BUG: a word is JSON");
            assert_eq!(json, order.as_str());
            assert_eq!(UserSort::parse(order.as_str()), Some(order));
        }
    }
}
