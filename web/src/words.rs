//! Facts in words.

mod device;
mod error;
mod happening;
mod language;
mod place;
mod strength;
pub mod text;
mod time;

pub use device::device;
pub use error::{ending, of_error, rule};
pub use happening::{kind, note, reason};
pub use language::{Language, speak, spoken};
pub use place::place;
pub use strength::strength;
pub use time::{ago, count, span};
