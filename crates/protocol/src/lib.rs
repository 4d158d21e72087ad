//! The refresh protocol as pure functions, without I/O.
//!
//! A user signs in once and stays signed in for days, while an access token is valid for minutes.
//! The *refresh token* connects the two: a secret in an `HttpOnly` cookie that is exchanged for the
//! next access token and replaced at each use (rotation; RFC 9700, section 4.14). A token that is
//! presented again after it was replaced indicates a stolen copy. The difficulty is to distinguish
//! theft from an honest browser that lost a response or has many tabs.
//!
//! A *session* is one sign-in of one browser. Its *generation* counts its refresh tokens: the token
//! of generation `n` is presented while the session is at generation `gen`.
//!
//! | presented | condition | decision |
//! | --- | --- | --- |
//! | `n == gen` | | rotate: the session moves to `gen + 1` |
//! | `n == gen - 1` | same attempt key, within the retry window | response was lost: reissue the successor |
//! | `n == gen - 1` | within the grace period | another tab of this browser: reissue the successor |
//! | any other `n < gen` | | token reuse: revoke the session |
//! | `n > gen` | | the database lost data: reject |
//!
//! [`server`] makes this decision. [`client`] is the browser's state machine: when to refresh, which
//! calls wait, what ends a session and what is only an outage. Both map `(state, event, now)` to a
//! decision or to effects that the caller executes; neither allocates.
#![no_std]

#[cfg(test)]
extern crate std;

pub mod client;
pub mod server;
mod time;

pub use time::Millis;
