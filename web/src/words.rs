//! Facts in words.

mod device;
mod ending;
mod error;
mod happening;
mod language;
mod place;
mod strength;
pub mod text;
mod time;

pub use device::device;
pub use ending::{ending, rule};
pub use error::{of_error, rejection};
pub use happening::{kind, note, reason};
pub use language::{Language, speak, spoken};
pub use place::place;
pub use strength::strength;
pub use time::{
    ago, ahead, day, day_and_time, exactly, is_recent, number, seconds_ago, sessions, span,
};
