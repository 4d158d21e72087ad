//! Facts in words.

mod device;
mod error;
mod time;

pub use device::device;
pub use error::of_error;
pub use time::{ago, count};
