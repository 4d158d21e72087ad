//! What goes over the wire, without its cryptography: who holds which is all that matters.

use protocol::server::AttemptKeyHash;

/// Somebody who can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Person {
    Alice,
    Bob,
}

/// Which session, in the order of sign-ins.
pub type SessionId = u8;

/// A refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    /// Whose session.
    pub session: SessionId,
    /// The number within it.
    pub generation: u8,
    /// Tells tokens of one generation apart; the protocol only ever makes branch 0.
    pub branch: u8,
    /// Whether its tag is somebody's invention.
    pub forged: bool,
}

impl Token {
    /// The token that our server makes of a session and a generation.
    pub const fn genuine(session: SessionId, generation: u8) -> Self {
        Self {
            session,
            generation,
            branch: 0,
            forged: false,
        }
    }
}

/// An access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Access {
    /// The `sid`.
    pub session: SessionId,
    /// The `exp`.
    pub expires: crate::time::Tick,
}

/// An attempt key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u8);

impl Key {
    /// As the session stores it.
    pub const fn hash(self) -> AttemptKeyHash {
        [self.0; 32]
    }
}

/// Why a session ended, as the browser hears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    SignedOut,
    Missing,
    Invalid,
    Expired,
    Revoked,
    Reused,
}
