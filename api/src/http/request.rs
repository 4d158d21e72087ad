//! Reading requests: headers, cookies, bodies and parameters.

pub mod bearer;
pub mod client_ip;
pub mod cookie;
pub mod csrf;
pub mod cursor;
pub mod device;
pub mod host;
pub mod id;
pub mod json_body;
pub mod list;
pub mod media_type;
pub mod percent;
pub mod query;
