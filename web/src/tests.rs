//! The app in a real page, with a server that the test plays.

mod lapse;
mod outage;
mod pages;
mod stage;
mod words;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
