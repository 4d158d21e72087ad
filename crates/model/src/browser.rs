//! One browser: a cookie jar and a storage that its tabs share, and a channel between them.

mod driver;
mod exchange;
mod mutations;
pub(crate) mod tab;

pub use tab::{Message, Tab, Want};

use crate::time::Tick;
use crate::token::{Key, SessionId, Token};
use protocol::client::Hint;

/// One browser.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Browser {
    /// The refresh cookie.
    pub jar: Option<Token>,
    /// The hint in storage.
    pub hint: Hint,
    /// The attempt key in storage.
    pub key: Option<Key>,
    /// The page that last sent that key, as long as it is open.
    pub key_by: Option<u8>,
    /// When that key was made; kept only where tabs race for it.
    pub key_made: Tick,
    /// Which tab last set out to spend the cookie, and when, by the note in storage.
    pub spender: Option<(u8, Tick)>,
    /// The next tab does not see the key that another is just writing.
    pub blind: bool,
    /// The session that its person last signed in to and has not left.
    pub session: Option<SessionId>,
    /// The sessions that its person has left, as bits.
    pub left: u8,
    /// The pages; `None` where a tab is closed.
    pub tabs: Vec<Option<Tab>>,
}
