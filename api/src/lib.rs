//! The backend of Countersign: `http -> auth -> db`, downwards only.
//!
//! `http` knows Poem and nothing of SQL, `auth` says what sign-in means and never names Poem, `db`
//! holds all queries. [`App`] is what they share.

pub mod app;
pub mod auth;
pub mod clock;
pub mod command;
pub mod config;
pub mod db;
mod failpoint;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
#[cfg(feature = "hot")]
pub mod hot;
pub mod http;
mod json;
pub mod metrics;
pub mod trace;

pub use app::{App, StartError};
