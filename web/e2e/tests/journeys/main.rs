//! Journeys of people through the whole product, in a real Chromium. `cargo xtask e2e` runs them.

mod first_visit;
mod whole_day;
