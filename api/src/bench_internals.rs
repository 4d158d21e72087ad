//! What is inside and done at every request, for `api/benches/hot` to measure.

pub use crate::http::hot::{cookie, login};
