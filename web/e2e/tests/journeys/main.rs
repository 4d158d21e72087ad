//! Journeys of people through the whole product, in a real Chromium. `cargo xtask e2e` runs them.

mod addresses;
mod admin;
mod ages;
mod every_page;
mod first_visit;
mod forced_colours;
mod forms;
mod how_soon;
mod industry;
mod languages;
mod lapse;
mod late_answer;
mod lists;
mod many_tabs;
mod outage;
mod rejection;
mod replay;
mod return_visit;
mod sign_in;
mod sleep;
mod start;
mod token_page;
mod undo;
mod watchfulness;
mod weather;
mod whole_day;
