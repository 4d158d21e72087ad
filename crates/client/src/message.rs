//! What tabs tell one another: results, never "go and fetch".

use crate::runtime::Sibling;
use crate::sign_out_reason::SignOutReason;
use crate::wire::written;
use protocol::client::{Epoch, TokenSource};
use serde::{Deserialize, Serialize};
use shared::account::User;
use shared::auth::AccessToken;

/// A message between tabs of one browser and one origin.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Message {
    /// Which token is there?
    TokenRequest {
        epoch: Epoch,
        /// The tab that is asked: of many that could answer, one does.
        of: u16,
    },
    /// Here is a token.
    Token {
        epoch: Epoch,
        /// Whether a person signed in for it.
        sign_in: bool,
        access_token: AccessToken,
        /// Milliseconds that it lives from now.
        expires_in: u64,
        user: User,
    },
    /// The session is over.
    SignedOut { epoch: Epoch, reason: SignOutReason },
    /// Who else is there?
    Ping,
    /// One that was asked.
    Pong(Sibling),
}

impl Message {
    pub(crate) fn token_source(sign_in: bool) -> TokenSource {
        if sign_in {
            TokenSource::SignIn
        } else {
            TokenSource::Refresh
        }
    }

    pub(crate) fn encode(&self) -> String {
        written(self)
    }

    /// A tab of another version may say what we do not understand; that is as good as silence.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}
