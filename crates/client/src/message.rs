//! What tabs tell one another: results, never "go and fetch".

use crate::driver::Sibling;
use crate::ending::Ending;
use crate::wire::written;
use protocol::client::{Epoch, Grantor};
use serde::{Deserialize, Serialize};
use shared::account::User;
use shared::sign_in::AccessToken;

/// A message between tabs of one browser and one origin.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Message {
    /// Which token is there?
    Asked {
        epoch: Epoch,
        /// The tab that is asked: of many that could answer, one does.
        of: u16,
    },
    /// Here is a token.
    Granted {
        epoch: Epoch,
        /// Whether a person signed in for it.
        sign_in: bool,
        access_token: AccessToken,
        /// Milliseconds that it lives from now.
        expires_in: u64,
        user: User,
    },
    /// The session is over.
    Left { epoch: Epoch, reason: Ending },
    /// Who else is there?
    RollCall,
    /// One that was asked.
    Here(Sibling),
}

impl Message {
    pub(crate) fn grantor(sign_in: bool) -> Grantor {
        if sign_in {
            Grantor::SignIn
        } else {
            Grantor::Refresh
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
