//! The parts that pages are made of. What they show comes in by their properties.

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

pub use brand::Brand;
pub use button::{Button, Kind};
pub use confirm::{Confirm, Question};
pub use connection::Connection;
pub use field::{Field, Secret};
pub use header::Header;
pub use moment::Moment;
pub use notice::{FormAlert, LoadFailed, Notice, Tone};
pub use page::Page;
pub use route_link::RouteLink;
pub use skeleton::{Lines, PageSkeleton};
pub use unreachable::Unreachable;
