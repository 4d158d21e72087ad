//! What outlives the page, in storage that scripts can read: no secret is among it.

use crate::platform::{Platform, Storage};
use crate::sign_out_reason::SignOutReason;
use protocol::Millis;
use protocol::client::Hint;
use shared::auth::LogoutScope;
use std::rc::Rc;

/// The hint: `somebody 5`, `nobody 5`, `pending_logout 5` or `pending_logout-all 5`, with the epoch; behind
/// `nobody 5 ` why, for pages that could not hear it.
const HINT: &str = "countersign.session";
/// The attempt key, and which tab last sent it.
const ATTEMPT: &str = "countersign.attempt";
/// Which tab last set out to spend the refresh token, and when by the wall clock.
const LEADER: &str = "countersign.spender";
/// For how long tabs that are loaded ask that one first: as long as the server takes two tokens of
/// one generation for a race, for until then others may still be on their way.
const LEADER_TTL: Millis = Millis::from_secs(10);

/// The notes in storage.
pub(crate) struct SharedStorage(Rc<dyn Storage>);

impl SharedStorage {
    pub(crate) fn new(storage: Rc<dyn Storage>) -> Self {
        Self(storage)
    }

    /// Whether a session may exist. What we did not write counts as "nobody yet".
    pub(crate) fn hint(&self) -> Hint {
        self.parsed().map_or(Hint::SignedOut(0), |(hint, _)| hint)
    }

    /// Which sessions the sign-out was about that the server has not heard of.
    pub(crate) fn logout_scope(&self) -> LogoutScope {
        self.parsed().map_or(LogoutScope::This, |(_, scope)| scope)
    }

    /// Writes the hint, unless another tab has moved on to a newer epoch.
    pub(crate) fn write_hint(&self, hint: Hint, scope: LogoutScope, ending: Option<SignOutReason>) {
        if self.hint().epoch() > hint.epoch() {
            return;
        }
        let word = match (hint, scope) {
            (Hint::SignedOut(_), _) => "nobody ",
            (Hint::SignedIn(_), _) => "somebody ",
            (Hint::LogoutPending(_), LogoutScope::All) => "leaving-all ",
            (Hint::LogoutPending(_), _) => "leaving ",
        };
        let mut text = word.to_owned();
        text.push_str(&hint.epoch().to_string());
        if let (Hint::SignedOut(_), Some(ending)) = (hint, ending) {
            text.push(' ');
            text.push_str(&ending.encode());
        }
        self.0.write(HINT, &text);
    }

    /// Why nobody is signed in any more, as a page hears it that did not see it happen.
    pub(crate) fn sign_out_reason(&self) -> Option<SignOutReason> {
        let text = self.0.read(HINT)?;
        if text.starts_with("leaving") {
            return Some(SignOutReason::SignedOutInAnotherTab);
        }
        let ending = SignOutReason::decode(text.splitn(3, ' ').nth(2)?)?;
        Some(ending.as_seen_from_sibling())
    }

    fn parsed(&self) -> Option<(Hint, LogoutScope)> {
        let text = self.0.read(HINT)?;
        let mut parts = text.splitn(3, ' ');
        let word = parts.next()?;
        let epoch = parts.next()?.parse().ok()?;
        Some(match word {
            "nobody" => (Hint::SignedOut(epoch), LogoutScope::This),
            "somebody" => (Hint::SignedIn(epoch), LogoutScope::This),
            "leaving" => (Hint::LogoutPending(epoch), LogoutScope::This),
            "leaving-all" => (Hint::LogoutPending(epoch), LogoutScope::All),
            _ => return None,
        })
    }

    /// The attempt key that the tabs share now, made where there is none; this tab sends it.
    pub(crate) fn attempt_key(&self, ports: &Platform, tab: u16) -> AttemptKey {
        let note = self.0.read(ATTEMPT).unwrap_or_default();
        let shared = note.split(' ').next().filter(|text| is_attempt(text));
        let make = || hex(ports.rng.next_u64()) + &hex(ports.rng.next_u64());
        let attempt = AttemptKey {
            key: shared.map_or_else(make, ToOwned::to_owned),
            tab,
        };
        self.0.write(ATTEMPT, &attempt.note());
        attempt
    }

    /// This tab spends the refresh token now, or has what it brought.
    pub(crate) fn write_leader(&self, tab: u16, wall: Millis) {
        let mut text = tab.to_string();
        text.push(' ');
        text.push_str(&wall.0.to_string());
        self.0.write(LEADER, &text);
    }

    /// Another tab that did so lately.
    pub(crate) fn refresh_leader(&self, tab: u16, wall: Millis) -> Option<u16> {
        let (spender, at) = self.parsed_spender()?;
        let lately = at <= wall && wall - at < LEADER_TTL;
        (lately && spender != tab).then_some(spender)
    }

    /// This tab goes away: nobody needs to ask it.
    pub(crate) fn clear_leader(&self, tab: u16) {
        if self
            .parsed_spender()
            .is_some_and(|(spender, _)| spender == tab)
        {
            self.0.remove(LEADER);
        }
    }

    fn parsed_spender(&self) -> Option<(u16, Millis)> {
        let text = self.0.read(LEADER)?;
        let (tab, at) = text.split_once(' ')?;
        Some((tab.parse().ok()?, Millis(at.parse().ok()?)))
    }

    /// Forgets the key, unless another tab made one or sent this one later: the cookie of that try
    /// may be newer, and only the key tells the server that its repeat is one. A tab that sent none
    /// (it signed in) has a session to which no earlier key belongs.
    pub(crate) fn clear_attempt_key(&self, sent: Option<&AttemptKey>) {
        if sent.is_none_or(|sent| self.0.read(ATTEMPT) == Some(sent.note())) {
            self.0.remove(ATTEMPT);
        }
    }
}

/// A try to spend the refresh token.
pub(crate) struct AttemptKey {
    /// The attempt key.
    pub key: String,
    /// The tab that sent it.
    tab: u16,
}

impl AttemptKey {
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
