//! What happened: the timeline of a session for its owner, and the record of everything for an
//! administrator.

use crate::session::RevocationReason;
use serde::{Deserialize, Serialize};

/// The most events a page may hold.
pub const PAGE_MAX: u32 = 200;

/// How many events a page holds when nobody says.
pub const PAGE_DEFAULT: u32 = 50;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What kind of thing happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(poem_openapi::Enum))]
        pub enum EventKind {
            $($(#[$doc])*
            #[serde(rename = $word)]
            #[cfg_attr(feature = "openapi", oai(rename = $word))]
            $name,)*
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

kinds! {
    /// An account was made.
    Registered = "registered",
    /// A session began.
    SignedIn = "signed_in",
    /// Name or password was wrong.
    SignInFailed = "sign_in_failed",
    /// A refresh token was traded for its successor.
    Refreshed = "refreshed",
    /// A browser asked again for an answer it had lost, and got the same one.
    RefreshRetried = "retried",
    /// Another tab came with the token that a sibling had just spent, and got the same answer.
    RefreshRaced = "raced",
    /// A session ended before its time; the reason says why.
    SessionRevoked = "ended",
    /// The password was changed.
    PasswordChanged = "password_changed",
    /// What a person may do was changed.
    RolesChanged = "roles_changed",
    /// A person was barred.
    Disabled = "disabled",
    /// A person was let in again.
    Enabled = "enabled",
}

impl EventKind {
    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(skip_serializing_if_is_none))]
pub struct Event {
    /// Its own number.
    pub id: u64,
    /// When, in seconds since the Unix epoch.
    pub at: u64,
    /// What.
    pub kind: EventKind,
    /// Why, where a session ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RevocationReason>,
    /// In which session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Whose account it is about, by username; absent where a name was nobody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The administrator who did it, by username. Only administrators are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The client's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// What the browser called itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

/// A page of events, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(skip_serializing_if_is_none))]
pub struct EventPage {
    /// At most `limit` events.
    pub events: Vec<Event>,
    /// Give it back as `before` to get the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// How much happened in a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(rename = "Activity"))]
pub struct ActivityBucket {
    /// Its beginning, in seconds since the Unix epoch.
    pub from: u64,
    /// Sessions that began.
    pub signed_in: u32,
    /// Wrong names or passwords.
    pub failed: u32,
    /// Refreshes, repeated ones not counted.
    pub refreshed: u32,
    /// Sessions that ended because a spent token came again.
    pub reused: u32,
}

/// The last days in equal stretches, the oldest first, empty ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(poem_openapi::Object))]
#[cfg_attr(feature = "openapi", oai(rename = "Activities"))]
pub struct ActivitySeries {
    /// How long each stretch is, in seconds.
    pub step: u64,
    /// The stretches.
    pub stretches: Vec<ActivityBucket>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_kind_is_its_json() {
        for &kind in EventKind::ALL {
            assert_eq!(
                serde_json::to_value(kind).expect("BUG: a kind is a string"),
                kind.as_str()
            );
            assert_eq!(EventKind::parse(kind.as_str()), Some(kind));
        }
    }
}
