//! A person's sessions: one is one sign-in on one browser.

use serde::{Deserialize, Serialize};

/// Why a session ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Enum))]
#[cfg_attr(
    feature = "openapi",
    oai(rename = "EndReason", rename_all = "snake_case")
)]
pub enum RevocationReason {
    /// The person signed out, here or from another of their sessions.
    SignedOut,
    /// The person ended it from the list of sessions.
    #[serde(rename = "ended")]
    #[cfg_attr(feature = "openapi", oai(rename = "ended"))]
    ByUser,
    /// The password was changed from another session.
    PasswordChanged,
    /// The account was disabled.
    Disabled,
    /// The person's roles changed.
    RolesChanged,
    /// An administrator ended it.
    EndedByAdmin,
    /// Newer sign-ins took its place: a person has a limited number of sessions.
    #[serde(rename = "limit")]
    #[cfg_attr(feature = "openapi", oai(rename = "limit"))]
    SessionLimit,
    /// A refresh token that was already spent came again: somebody may have copied it.
    #[serde(rename = "reused")]
    #[cfg_attr(feature = "openapi", oai(rename = "reused"))]
    TokenReuse,
}

impl RevocationReason {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::SignedOut,
        Self::ByUser,
        Self::PasswordChanged,
        Self::Disabled,
        Self::RolesChanged,
        Self::EndedByAdmin,
        Self::SessionLimit,
        Self::TokenReuse,
    ];

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::ByUser => "ended",
            Self::PasswordChanged => "password_changed",
            Self::Disabled => "disabled",
            Self::RolesChanged => "roles_changed",
            Self::EndedByAdmin => "ended_by_admin",
            Self::SessionLimit => "limit",
            Self::TokenReuse => "reused",
        }
    }

    /// The reason of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

/// One of a person's own live sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(skip_serializing_if_is_none))]
pub struct Session {
    /// The session's id; the `sid` of its tokens.
    pub id: String,
    /// When the person signed in, in seconds since the Unix epoch.
    pub created_at: u64,
    /// When it was last refreshed, in seconds since the Unix epoch.
    pub last_used_at: u64,
    /// What the browser called itself at sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The client's address at sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Whether it is the session that asks.
    pub current: bool,
}

/// A person's live sessions, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
pub struct Sessions {
    /// At most as many as `MAX_SESSIONS_PER_USER` allows.
    pub sessions: Vec<Session>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_reason_is_its_json() {
        for reason in RevocationReason::ALL {
            assert_eq!(
                serde_json::to_value(reason).expect("BUG: a reason is a string"),
                reason.as_str()
            );
            assert_eq!(RevocationReason::parse(reason.as_str()), Some(reason));
        }
    }
}
