//! Stories of people and programs who use the API: the real router in process, a real database,
//! a clock that the story steers, and nothing but the public interface.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod accounts;
mod admin;
mod answer;
mod browser;
mod encoders;
mod logout;
mod nonsense;
mod outage;
mod refresh;
mod secrets;
mod spec;
mod startup;
mod statuses;
mod throttles;
mod world;
