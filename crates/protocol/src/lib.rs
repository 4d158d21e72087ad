//! The refresh protocol, without I/O.
//!
//! A person signs in once and stays signed in for weeks, while the token that opens the API lives
//! for minutes. The bridge between the two is the *refresh token*: a secret that only a cookie
//! holds, that is traded for the next access token, and that is replaced each time it is used
//! (rotation; RFC 9700, section 4.14). A spent token that comes again betrays a copy. The hard
//! part is to tell a thief from an honest browser whose answer was lost, or that has thirty tabs.
//!
//! Words: a *session* is one sign-in on one browser. Its *generation* is the number of its newest
//! refresh token; presenting generation `n` while the session stands at `gen` is all that needs
//! judging:
//!
//! | presented | and | then |
//! | --- | --- | --- |
//! | `n == gen` | | rotate: the session moves to `gen + 1` |
//! | `n == gen - 1` | the same attempt key, within the retry window | the answer was lost: the same successor |
//! | `n == gen - 1` | within the race window | another tab of this browser: the same successor |
//! | any other `n < gen` | | somebody uses a copy: the session ends |
//! | `n > gen` | | the database went back in time: refused |
//!
//! [`server`] decides this, [`client`] is the browser's half: when to refresh, who waits, what
//! ends a session and what is only bad weather. Both are pure: `(state, event, now)` in, decision
//! or effects out; no clock, no randomness, no I/O, no allocation. The callers only execute.
#![no_std]

#[cfg(test)]
extern crate std;

pub mod client;
pub mod server;
mod time;

pub use time::Millis;
