//! The stage for the journeys: real servers, a real database file, a real browser, and people.
//!
//! A journey is told in the steps of a [`Person`]: what they do, and what they see. It runs in a
//! [`World`] of its own, and ends with the question whether anything leaked.

mod api;
mod browser;
mod child;
mod console;
mod exchange;
mod journey;
mod leak;
mod patience;
mod person;
mod picture;
mod record;
mod setting;
mod stage;
mod story;
mod token;
mod trunk;
mod weather;
mod wire;
mod world;

pub use api::Api;
pub use exchange::{Exchange, Outcome};
pub use journey::journey;
pub use patience::until;
pub use person::{Person, Tab};
pub use stage::Stage;
pub use weather::Weather;
pub use wire::{Answer, Wire};
pub use world::World;
