//! Requests and answers on their way.
//!
//! A network that loses, delays and reorders is one in which each exchange takes its next step
//! whenever it likes, or never. A tab that gives up is told so; its request lives on and may still
//! reach the server, but its answer reaches nobody.

use crate::time::Tick;
use crate::token::{Access, Key, Person, Reason, Token};
use protocol::client::Epoch;
use protocol::server::Decision;

/// One request, from its sending to the end of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exchange {
    /// Who hears the answer.
    pub by: Sender,
    /// What is asked for.
    pub request: Request,
    /// When it was sent.
    pub sent: Tick,
    /// How far it is.
    pub stage: Stage,
}

/// Who hears the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sender {
    /// That tab.
    Tab(u8),
    /// Whoever holds a stolen copy.
    Thief,
    /// Nobody any more: given up, or a copy that the network made.
    Nobody,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Request {
    Refresh {
        token: Option<Token>,
        key: Option<Key>,
        epoch: Epoch,
    },
    Leave {
        token: Option<Token>,
        epoch: Epoch,
    },
    SignIn {
        person: Person,
        token: Option<Token>,
    },
    Call {
        access: Access,
        serial: u32,
    },
}

/// How far an exchange is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// On its way to the server.
    Asked,
    /// The server has read the row and decided; it has not written yet.
    Decided(Plan),
    /// On its way back.
    Answered(Reply),
}

/// What a node is about to write, from a row that may have changed meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Which node.
    pub node: u8,
    /// What it decided.
    pub decision: Decision,
    /// The generation that it saw.
    pub generation: u8,
    /// Whether the session was expired already when it looked.
    pub at: Tick,
}

impl Plan {
    fn order(self) -> (u8, u8, Tick, u8) {
        let decision = match self.decision {
            Decision::Rotate => 0,
            Decision::Reissue(_) => 1,
            Decision::Revoke => 2,
            Decision::Reject(_) => 3,
        };
        (self.node, self.generation, self.at, decision)
    }
}

impl PartialOrd for Plan {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Plan {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reply {
    /// New tokens.
    Granted {
        /// For the cookie.
        token: Token,
        /// For memory.
        access: Access,
        /// Which rule granted them.
        rule: Rule,
    },
    /// The session is over; the cookie is cleared.
    Gone,
    /// The server says why there is no session.
    Ended(Reason),
    /// 503 with `Retry-After`.
    Busy,
    /// A status of 4xx that says nothing of the session.
    Rejected,
    /// A call was let through.
    Done,
    /// A call was refused with a code that says: refresh.
    Stale,
}

/// Which rule granted a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    SignIn,
    Rotate,
    Retry,
    Race,
}

impl Exchange {
    pub(crate) fn is_call_of(&self, tab: usize) -> bool {
        let of_tab = matches!(self.by, Sender::Tab(by) if usize::from(by) == tab);
        of_tab && matches!(self.request, Request::Call { .. })
    }
}

impl Request {
    /// The refresh token that it carries.
    pub(crate) const fn token(&self) -> Option<Token> {
        match self {
            Self::Refresh { token, .. } | Self::Leave { token, .. } => *token,
            Self::SignIn { .. } | Self::Call { .. } => None,
        }
    }
}
