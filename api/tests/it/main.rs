//! Stories of people and programs who use the API: the real router in process, a real database,
//! a clock that the story steers, and nothing but the public interface.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod accounts;
mod admin;
mod answer;
mod backup;
mod browser;
mod canary;
mod clocks;
mod commands;
mod constants;
mod elsewhere;
mod encoders;
mod forgery;
mod groups;
mod health;
mod import;
mod industry;
mod keys;
mod logout;
mod metrics;
mod mint;
mod nodes;
mod nonsense;
mod our_fault;
mod outage;
mod pages;
mod place;
mod plans;
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
mod traces;
mod world;
