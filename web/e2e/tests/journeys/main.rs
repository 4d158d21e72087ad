//! Journeys of people through the whole product, in a real Chromium. `cargo xtask e2e` runs them.

mod admin;
mod every_page;
mod first_visit;
mod industry;
mod lapse;
mod many_tabs;
mod outage;
mod return_visit;
mod sign_in;
mod token_page;
mod undo;
mod watchfulness;
mod weather;
mod whole_day;
