//! Writing responses: JSON, problems, headers.

pub mod allow;
pub mod headers;
pub mod json;
pub mod operation_error;
pub mod problem;
pub mod responses;
