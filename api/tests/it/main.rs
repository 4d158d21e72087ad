//! Stories of people and programs who use the API: the real router in process, a real database,
//! a clock that the story steers, and nothing but the public interface.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod accounts;
mod admin;
mod answer;
mod browser;
mod clocks;
mod commands;
mod constants;
mod encoders;
<<<<<<< HEAD
mod industry;
mod logout;
mod nodes;
=======
mod forgery;
mod keys;
mod logout;
mod mint;
>>>>>>> debcf14 (Sign with a ring of keys that turns without a restart, speak TLS where asked to, and refuse every forgery in one answer)
mod nonsense;
mod our_fault;
mod outage;
mod pages;
mod place;
mod postgres;
mod process;
mod program;
mod races;
mod refresh;
mod schedule;
mod secrets;
mod server;
mod sessions;
mod spec;
mod startup;
mod statuses;
mod throttles;
mod timeline;
mod tls;
mod world;
