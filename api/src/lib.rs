//! The backend of Countersign: `http -> auth -> db`, downwards only.
//!
//! `http` knows Poem and nothing of SQL, `auth` says what sign-in means and never names Poem, `db`
//! holds all queries. [`AppState`] is what they share.

pub mod auth;
pub mod background;
#[cfg(feature = "hot")]
pub mod bench_internals;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
mod failpoint;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
pub mod http;
mod json;
pub mod logging;
pub mod metrics;
pub mod state;
pub mod trace;

pub use state::{AppState, StartError};
