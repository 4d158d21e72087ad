//! A person's own account, under `/api/me`.

use crate::password::Password;
use crate::role::Role;
use crate::text;
use crate::validate::{FieldErrors, Validate, Violation};
use serde::{Deserialize, Serialize};

/// The longest display name, in code points.
pub const DISPLAY_NAME_MAX: usize = 64;

/// A person, as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(skip_serializing_if_is_none))]
pub struct User {
    /// Opaque and lasting; the `sub` of tokens.
    pub id: String,
    /// The public handle in its canonical form.
    pub username: String,
    /// What the person wants to be called, if they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// What they may do.
    pub roles: Vec<Role>,
    /// When the account was made, in seconds since the Unix epoch.
    pub created_at: u64,
}

/// Changes to one's own account; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(
    feature = "openapi",
    oai(rename = "UpdateMe", deny_unknown_fields, skip_serializing_if_is_none)
)]
pub struct UpdateProfile {
    /// At most 64 characters, all of which can be seen; empty takes the name away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

impl Validate for UpdateProfile {
    fn validate(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Some(name) = &self.display_name {
            errors.add("display_name", check_display_name(name));
        }
        errors
    }
}

/// Which characters are visible is the server's judgement alone: Unicode's tables would add kilobytes to
/// the app.
fn is_visible(name: &str) -> bool {
    cfg!(target_arch = "wasm32") || text::is_visible(name)
}

/// The rule that a display name breaks, if any: the one of text that others see, and a length.
pub fn check_display_name(name: &str) -> Option<Violation> {
    if name.chars().count() > DISPLAY_NAME_MAX {
        Some(Violation::TooLong)
    } else if !is_visible(name) {
        Some(Violation::InvalidCharacters)
    } else {
        None
    }
}

/// A new password, with the current one as proof of who asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(deny_unknown_fields))]
pub struct ChangePassword {
    /// The password in force.
    pub current_password: Password,
    /// The one to come: 12 to 128 characters, not easy to guess.
    pub new_password: Password,
}

impl Validate for ChangePassword {
    fn validate(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.add("current_password", self.current_password.check_for_lookup());
        // The name is not in this body; the server adds that rule where it knows the person.
        errors.add("new_password", self.new_password.check(""));
        if self.current_password == self.new_password {
            errors.add("new_password", Some(Violation::Unchanged));
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_name_is_bounded_and_visible() {
        assert_eq!(check_display_name(&"ü".repeat(64)), None);
        assert_eq!(
            check_display_name(&"ü".repeat(65)),
            Some(Violation::TooLong)
        );
        for name in ["a\u{7}b", "a\u{202e}b", "a\u{200b}b"] {
            assert_eq!(check_display_name(name), Some(Violation::InvalidCharacters));
        }
    }

    #[test]
    fn the_same_password_again_is_no_change() {
        let password = Password::new("a long enough phrase");
        let change = ChangePassword {
            current_password: password.clone(),
            new_password: password,
        };
        assert!(change.validate().has("new_password", Violation::Unchanged));
    }
}
