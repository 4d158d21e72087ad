//! The parts that pages are made of. What they show comes in by their properties.
//!
//! What has neither state nor hooks is a plain function: each component costs the bundle a
//! kilobyte and a half.

mod brand;
mod button;
mod confirm;
mod connection;
mod field;
mod header;
mod moment;
mod notice;
mod page;
mod route_link;
mod skeleton;
mod unreachable;

pub use brand::brand;
pub use button::{Button, Kind};
pub use confirm::{Confirm, Question};
pub use connection::Connection;
pub use field::{Field, Secret};
pub use header::Header;
pub use moment::moment;
pub use notice::{Tone, form_alert, load_failed, notice, outcome};
pub use page::Page;
pub use route_link::RouteLink;
pub use skeleton::{lines, page_skeleton};
pub use unreachable::Unreachable;
