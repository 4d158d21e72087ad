//! Why nobody is signed in any more.

use crate::wire::written;
use serde::{Deserialize, Serialize};
use shared::code::{Disposition, ErrorCode};
use shared::problem::Problem;
use shared::session::EndReason;

/// Why a session ended, as the sign-in page tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The person signed out in this tab.
    SignedOut,
    /// The person signed out in another tab of this browser.
    SignedOutInAnotherTab,
    /// The session reached its end.
    Expired,
    /// The browser has no session any more, for instance because its cookies were deleted.
    Missing,
    /// The server does not know the session.
    Unknown,
    /// The server ended it, and says why if it knows.
    Revoked(Option<EndReason>),
    /// A copy of the session was used somewhere, so it was ended for safety.
    Reused,
}

impl Ending {
    /// Why the session is over, where the problem says that it is.
    pub(crate) fn of(problem: &Problem) -> Option<Self> {
        if problem.code.disposition() != Disposition::SignInAgain {
            return None;
        }
        Some(match (problem.code, problem.reason) {
            (ErrorCode::RefreshReused, _) | (_, Some(EndReason::Reused)) => Self::Reused,
            (ErrorCode::SessionExpired, _) => Self::Expired,
            (ErrorCode::RefreshMissing | ErrorCode::MissingToken, _) => Self::Missing,
            (ErrorCode::RefreshInvalid, _) => Self::Unknown,
            (_, reason) => Self::Revoked(reason),
        })
    }

    pub(crate) fn encode(self) -> String {
        written(&self)
    }

    /// What another version of the app may have written is as good as nothing.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The same ending, as another tab of this browser sees it.
    pub(crate) fn as_told_by_a_sibling(self) -> Self {
        match self {
            Self::SignedOut => Self::SignedOutInAnotherTab,
            other => other,
        }
    }

    /// Whether the person may take up where they were, by signing in over the page. Not where they
    /// left on purpose, or where somebody took their session away: then the page is to be gone.
    pub const fn may_return(self) -> bool {
        match self {
            Self::Expired | Self::Missing | Self::Unknown => true,
            Self::Revoked(reason) => matches!(reason, None | Some(EndReason::Limit)),
            Self::SignedOut | Self::SignedOutInAnotherTab | Self::Reused => false,
        }
    }

    /// The ending in words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::SignedOut => "You are signed out.",
            Self::SignedOutInAnotherTab => "You signed out in another tab.",
            Self::Expired => "Your session has expired.",
            Self::Missing => "This browser no longer has your session.",
            Self::Unknown | Self::Revoked(None) => "Your session has ended.",
            Self::Revoked(Some(reason)) => revoked(reason),
            Self::Reused => REUSED,
        }
    }
}

const REUSED: &str = "Your session was ended for safety: a copy of it was used elsewhere. If you \
                      did not restore a browser profile, change your password.";

const fn revoked(reason: EndReason) -> &'static str {
    match reason {
        EndReason::SignedOut => "You signed out from another device.",
        EndReason::Ended => "This session was ended from your list of sessions.",
        EndReason::PasswordChanged => {
            "Your password was changed from another session. Sign in with the new one."
        }
        EndReason::Disabled => "This account is disabled.",
        EndReason::RolesChanged => "What you may do has changed. Sign in again to go on.",
        EndReason::EndedByAdmin => "An administrator ended this session.",
        EndReason::Limit => "Newer sign-ins took the place of this session.",
        EndReason::Reused => REUSED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_code_that_says_so_ends_a_session() {
        for code in ErrorCode::ALL {
            let ends = code.disposition() == Disposition::SignInAgain;
            assert_eq!(Ending::of(&Problem::new(code)).is_some(), ends, "{code:?}");
        }
    }

    #[test]
    fn the_reason_of_a_revocation_is_told() {
        let mut problem = Problem::new(ErrorCode::SessionRevoked);
        assert_eq!(Ending::of(&problem), Some(Ending::Revoked(None)));
        problem.reason = Some(EndReason::PasswordChanged);
        let ending = Ending::of(&problem).expect("BUG: it ended");
        assert!(ending.text().contains("password"));
        problem.reason = Some(EndReason::Reused);
        assert_eq!(Ending::of(&problem), Some(Ending::Reused));
    }
}
