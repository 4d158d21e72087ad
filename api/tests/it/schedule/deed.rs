//! What somebody does, with everything that they need for it.

use std::fmt;

/// Whose turn it is, and where they turn to.
#[derive(Clone, Debug)]
pub struct Deed {
    pub node: usize,
    pub act: Act,
}

/// A refresh token that was issued, in whosever hands.
#[derive(Clone, Debug)]
pub struct Presented {
    pub sid: String,
    pub generation: u32,
    pub token: String,
}

/// An access token that was issued.
#[derive(Clone, Debug)]
pub struct Access {
    pub sid: String,
    pub token: String,
    /// When it ends, in milliseconds.
    pub ends: u64,
    pub admin: bool,
}

/// What a person changes at another's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Disabled(bool),
    Admin(bool),
    EndSessions,
}

/// What kind of token is due where something else is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Refresh,
    Access,
}

/// One request.
#[derive(Clone, Debug)]
pub enum Act {
    Register(usize),
    SignIn(usize, usize),
    Refresh(Presented, Option<u8>),
    Leave(Presented, &'static str),
    LeaveByAccess(Access, &'static str),
    Call(Access),
    Administer(Access),
    ChangePassword(Access, usize),
    EndOne(Access, String),
    Change(usize, Change),
    Forge(Due, String),
}

fn short(id: &str) -> &str {
    &id[..4.min(id.len())]
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "node {}: ", self.node)?;
        let said = |by: &Presented| format!("token {} of {}", by.generation, short(&by.sid));
        match &self.act {
            Act::Register(who) => write!(f, "person {who} registers"),
            Act::SignIn(who, password) => write!(f, "person {who} signs in by password {password}"),
            Act::Refresh(by, attempt) => write!(f, "{} refreshes, attempt {attempt:?}", said(by)),
            Act::Leave(by, scope) => write!(f, "{} signs out {scope}", said(by)),
            Act::LeaveByAccess(by, scope) => {
                write!(f, "access of {} signs out {scope}", short(&by.sid))
            }
            Act::Call(by) => write!(f, "access of {} calls", short(&by.sid)),
            Act::Administer(by) => write!(f, "access of {} administers", short(&by.sid)),
            Act::ChangePassword(by, current) => write!(
                f,
                "access of {} changes password {current} to the other",
                short(&by.sid)
            ),
            Act::EndOne(by, target) => {
                write!(f, "access of {} ends {}", short(&by.sid), short(target))
            }
            Act::Change(who, change) => write!(f, "the administrator: person {who} {change:?}"),
            Act::Forge(due, _) => write!(f, "a forgery where {due:?} is due"),
        }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Entered(Entered),
    Done,
    Refused {
        status: u16,
        code: String,
        reason: Option<String>,
    },
}

/// A pair of tokens, and what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    pub sid: String,
    pub sub: String,
    pub name: String,
    pub generation: u32,
    pub refresh: String,
    pub access: String,
    pub admin: bool,
    /// When the access token ends, in milliseconds.
    pub ends: u64,
    /// The cookie's, in milliseconds.
    pub max_age: u64,
}

impl Seen {
    pub fn is(&self, expected: &str) -> bool {
        matches!(self, Self::Refused { code, .. } if code == expected)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entered(at) => write!(f, "token {} of {}", at.generation, short(&at.sid)),
            Self::Done => f.write_str("done"),
            Self::Refused {
                status,
                code,
                reason,
            } => write!(f, "{status} {code} {reason:?}"),
        }
    }
}
