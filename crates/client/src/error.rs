//! What a call can come back with instead of its answer.

use protocol::Millis;
use shared::error_code::{ErrorCode, RecoveryAction};
use shared::problem::Problem;
use shared::validate::FieldError;

/// Why a call gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The API said no.
    Problem {
        /// What it said.
        problem: Box<Problem>,
        /// How long it wants to be left alone.
        retry_after: Option<Millis>,
    },
    /// No answer, or none in time.
    Network,
    /// An answer that is not in the API's words: a proxy's page, or another version's.
    UnexpectedResponse {
        /// Its status.
        status: u16,
    },
    /// Nobody is signed in, or somebody else is by now.
    SignedOut,
}

impl Error {
    /// What the API called the problem.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Problem { problem, .. } => Some(problem.code),
            _ => None,
        }
    }

    /// What to do about it; for the API's own problems as the contract says.
    pub fn recovery_action(&self) -> RecoveryAction {
        match self {
            Self::Problem { problem, .. } => problem.code.recovery_action(),
            Self::Network | Self::UnexpectedResponse { .. } => RecoveryAction::Retry,
            Self::SignedOut => RecoveryAction::SignInAgain,
        }
    }

    /// Whether it says nothing of the request: the same call may succeed later.
    pub fn is_outage(&self) -> bool {
        matches!(
            self.recovery_action(),
            RecoveryAction::Retry | RecoveryAction::RetryAfter
        )
    }

    /// The fields that the API refused.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Problem { problem, .. } => problem.errors.as_deref().unwrap_or_default(),
            _ => &[],
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Problem { problem, .. } => &problem.title,
            Self::Network => "The server cannot be reached",
            Self::UnexpectedResponse { .. } => {
                "The server gave an answer that this app does not understand"
            }
            Self::SignedOut => "Nobody is signed in",
        })
    }
}

impl std::error::Error for Error {}
