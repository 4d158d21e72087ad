//! Why nobody is signed in any more.

use crate::wire::written;
use serde::{Deserialize, Serialize};
use shared::error_code::{ErrorCode, RecoveryAction};
use shared::problem::Problem;
use shared::session::RevocationReason;

/// Why a session ended, as the sign-in page tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOutReason {
    /// The person signed out in this tab.
    SignedOut,
    /// The person signed out in another tab of this browser.
    SignedOutInAnotherTab,
    /// The session reached its end.
    Expired,
    /// The browser has no session any more, for instance because its cookies were deleted.
    NoCookie,
    /// The server does not know the session.
    Unknown,
    /// The server ended it, and says why if it knows.
    Revoked(Option<RevocationReason>),
    /// A copy of the session was used somewhere, so it was ended for safety.
    Reused,
}

impl SignOutReason {
    /// Why the session is over, where the problem says that it is.
    pub(crate) fn from_problem(problem: &Problem) -> Option<Self> {
        if problem.code.recovery_action() != RecoveryAction::SignInAgain {
            return None;
        }
        Some(match (problem.code, problem.reason) {
            (ErrorCode::RefreshReused, _) | (_, Some(RevocationReason::TokenReuse)) => Self::Reused,
            (ErrorCode::SessionExpired, _) => Self::Expired,
            (ErrorCode::RefreshMissing | ErrorCode::MissingToken, _) => Self::NoCookie,
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
    pub(crate) fn as_seen_from_sibling(self) -> Self {
        match self {
            Self::SignedOut => Self::SignedOutInAnotherTab,
            other => other,
        }
    }

    /// Whether the person may take up where they were, by signing in over the page. Not where they
    /// left on purpose, or where somebody took their session away: then the page is to be gone.
    pub const fn allows_reauth(self) -> bool {
        match self {
            Self::Expired | Self::NoCookie | Self::Unknown => true,
            Self::Revoked(reason) => matches!(reason, None | Some(RevocationReason::SessionLimit)),
            Self::SignedOut | Self::SignedOutInAnotherTab | Self::Reused => false,
        }
    }

    /// The ending in words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::SignedOut => "You are signed out.",
            Self::SignedOutInAnotherTab => "You signed out in another tab.",
            Self::Expired => "Your session has expired.",
            Self::NoCookie => "This browser no longer has your session.",
            Self::Unknown | Self::Revoked(None) => "Your session has ended.",
            Self::Revoked(Some(reason)) => revoked(reason),
            Self::Reused => REUSED,
        }
    }
}

const REUSED: &str = "Your session was ended for safety: a copy of it was used elsewhere. If you \
                      did not restore a browser profile, change your password.";

const fn revoked(reason: RevocationReason) -> &'static str {
    match reason {
        RevocationReason::SignedOut => "You signed out from another device.",
        RevocationReason::ByUser => "This session was ended from your list of sessions.",
        RevocationReason::PasswordChanged => {
            "Your password was changed from another session. Sign in with the new one."
        }
        RevocationReason::Disabled => "This account is disabled.",
        RevocationReason::RolesChanged => "What you may do has changed. Sign in again to go on.",
        RevocationReason::EndedByAdmin => "An administrator ended this session.",
        RevocationReason::SessionLimit => "Newer sign-ins took the place of this session.",
        RevocationReason::TokenReuse => REUSED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_code_that_says_so_ends_a_session() {
        for code in ErrorCode::ALL {
            let ends = code.recovery_action() == RecoveryAction::SignInAgain;
            assert_eq!(
                SignOutReason::from_problem(&Problem::new(code)).is_some(),
                ends,
                "{code:?}"
            );
        }
    }

    #[test]
    fn the_reason_of_a_revocation_is_told() {
        let mut problem = Problem::new(ErrorCode::SessionRevoked);
        assert_eq!(
            SignOutReason::from_problem(&problem),
            Some(SignOutReason::Revoked(None))
        );
        problem.reason = Some(RevocationReason::PasswordChanged);
        let ending = SignOutReason::from_problem(&problem).expect("BUG: it ended");
        assert!(ending.text().contains("password"));
        problem.reason = Some(RevocationReason::TokenReuse);
        assert_eq!(
            SignOutReason::from_problem(&problem),
            Some(SignOutReason::Reused)
        );
    }
}
