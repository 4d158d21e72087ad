//! The parts that pages are made of. What they show comes in by their properties.
//!
//! What has neither state nor hooks is a plain function: each component costs the bundle a
//! kilobyte and a half.

mod brand;
mod button;
mod choice;
mod confirm;
mod connection;
mod event_line;
mod field;
mod header;
mod modal;
mod moment;
mod notice;
mod page;
mod pager;
mod preferences;
mod roles;
mod route_link;
mod sign_in_form;
mod skeleton;
mod toast;
mod unreachable;

pub use brand::brand;
pub use button::{Button, Kind};
pub use choice::{Choice, Choices};
pub use confirm::{Question, confirm};
pub use connection::Connection;
pub use event_line::{event_line, shade};
pub use field::{Field, Secret};
pub use header::Header;
pub use modal::Modal;
pub use moment::{Told, moment};
pub use notice::{Tone, form_alert, load_failed, notice};
pub use page::Page;
pub use pager::{pager, use_turning};
pub use preferences::Preferences;
pub use roles::roles;
pub use route_link::RouteLink;
pub use sign_in_form::{SignInAgain, SignInForm, rejected_over, rejected_page, why};
pub use skeleton::{lines, page_skeleton};
pub use toast::{Toast, Toasts, use_notify};
pub use unreachable::Unreachable;
