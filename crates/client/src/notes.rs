//! What outlives the page, in storage that scripts can read: no secret is among it.

use crate::ending::Ending;
use crate::ports::{Ports, Storage};
use protocol::Millis;
use protocol::client::Hint;
use shared::sign_in::LogoutScope;
use std::rc::Rc;

/// The hint: `somebody 5`, `nobody 5`, `leaving 5` or `leaving-all 5`, with the epoch; behind
/// `nobody 5 ` why, for pages that could not hear it.
const HINT: &str = "countersign.session";
/// The attempt key, and which tab last sent it.
const ATTEMPT: &str = "countersign.attempt";
/// Which tab last set out to spend the refresh token, and when by the wall clock.
const SPENDER: &str = "countersign.spender";
/// For how long tabs that are loaded ask that one first: as long as the server takes two tokens of
/// one generation for a race, for until then others may still be on their way.
const LATELY: Millis = Millis::from_secs(10);

/// The notes in storage.
pub(crate) struct Notes(Rc<dyn Storage>);

impl Notes {
    pub(crate) fn new(storage: Rc<dyn Storage>) -> Self {
        Self(storage)
    }

    /// Whether a session may exist. What we did not write counts as "nobody yet".
    pub(crate) fn hint(&self) -> Hint {
        self.parsed().map_or(Hint::Nobody(0), |(hint, _)| hint)
    }

    /// Which sessions the sign-out was about that the server has not heard of.
    pub(crate) fn leaving(&self) -> LogoutScope {
        self.parsed().map_or(LogoutScope::This, |(_, scope)| scope)
    }

    /// Writes the hint, unless another tab has moved on to a newer epoch.
    pub(crate) fn write_hint(&self, hint: Hint, scope: LogoutScope, ending: Option<Ending>) {
        if self.hint().epoch() > hint.epoch() {
            return;
        }
        let word = match (hint, scope) {
            (Hint::Nobody(_), _) => "nobody ",
            (Hint::Somebody(_), _) => "somebody ",
            (Hint::Leaving(_), LogoutScope::All) => "leaving-all ",
            (Hint::Leaving(_), _) => "leaving ",
        };
        let mut text = word.to_owned();
        text.push_str(&hint.epoch().to_string());
        if let (Hint::Nobody(_), Some(ending)) = (hint, ending) {
            text.push(' ');
            text.push_str(&ending.encode());
        }
        self.0.write(HINT, &text);
    }

    /// Why nobody is signed in any more, as a page hears it that did not see it happen.
    pub(crate) fn ending(&self) -> Option<Ending> {
        let text = self.0.read(HINT)?;
        if text.starts_with("leaving") {
            return Some(Ending::SignedOutInAnotherTab);
        }
        let ending = Ending::decode(text.splitn(3, ' ').nth(2)?)?;
        Some(ending.as_told_by_a_sibling())
    }

    fn parsed(&self) -> Option<(Hint, LogoutScope)> {
        let text = self.0.read(HINT)?;
        let mut parts = text.splitn(3, ' ');
        let word = parts.next()?;
        let epoch = parts.next()?.parse().ok()?;
        Some(match word {
            "nobody" => (Hint::Nobody(epoch), LogoutScope::This),
            "somebody" => (Hint::Somebody(epoch), LogoutScope::This),
            "leaving" => (Hint::Leaving(epoch), LogoutScope::This),
            "leaving-all" => (Hint::Leaving(epoch), LogoutScope::All),
            _ => return None,
        })
    }

    /// The attempt key that the tabs share now, made where there is none; this tab sends it.
    pub(crate) fn attempt(&self, ports: &Ports, tab: u16) -> Attempt {
        let note = self.0.read(ATTEMPT).unwrap_or_default();
        let shared = note.split(' ').next().filter(|text| is_attempt(text));
        let make = || hex(ports.randomness.next()) + &hex(ports.randomness.next());
        let attempt = Attempt {
            key: shared.map_or_else(make, ToOwned::to_owned),
            tab,
        };
        self.0.write(ATTEMPT, &attempt.note());
        attempt
    }

    /// This tab spends the refresh token now, or has what it brought.
    pub(crate) fn write_spender(&self, tab: u16, wall: Millis) {
        let mut text = tab.to_string();
        text.push(' ');
        text.push_str(&wall.0.to_string());
        self.0.write(SPENDER, &text);
    }

    /// Another tab that did so lately.
    pub(crate) fn spender(&self, tab: u16, wall: Millis) -> Option<u16> {
        let (spender, at) = self.parsed_spender()?;
        let lately = at <= wall && wall - at < LATELY;
        (lately && spender != tab).then_some(spender)
    }

    /// This tab goes away: nobody needs to ask it.
    pub(crate) fn forget_spender(&self, tab: u16) {
        if self
            .parsed_spender()
            .is_some_and(|(spender, _)| spender == tab)
        {
            self.0.remove(SPENDER);
        }
    }

    fn parsed_spender(&self) -> Option<(u16, Millis)> {
        let text = self.0.read(SPENDER)?;
        let (tab, at) = text.split_once(' ')?;
        Some((tab.parse().ok()?, Millis(at.parse().ok()?)))
    }

    /// Forgets the key, unless another tab made one or sent this one later: the cookie of that try
    /// may be newer, and only the key tells the server that its repeat is one. A tab that sent none
    /// (it signed in) has a session to which no earlier key belongs.
    pub(crate) fn forget_attempt(&self, sent: Option<&Attempt>) {
        if sent.is_none_or(|sent| self.0.read(ATTEMPT) == Some(sent.note())) {
            self.0.remove(ATTEMPT);
        }
    }
}

/// A try to spend the refresh token.
pub(crate) struct Attempt {
    /// The attempt key.
    pub key: String,
    /// The tab that sent it.
    tab: u16,
}

impl Attempt {
    fn note(&self) -> String {
        let mut note = self.key.clone();
        note.push(' ');
        note.push_str(&self.tab.to_string());
        note
    }
}

fn is_attempt(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn hex(number: u64) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let bytes = number.to_be_bytes();
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_key_is_32_hex_digits() {
        let key = hex(u64::MAX) + &hex(0x0123_4567_89ab_cdef);
        assert_eq!(key, "ffffffffffffffff0123456789abcdef");
        assert!(is_attempt(&key));
        assert!(!is_attempt("x"));
    }
}
