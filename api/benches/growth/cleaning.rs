//! Cleaning, while people sign in.

use crate::measure::{Cost, signs_in};
use crate::surroundings::Surroundings;
use api::background::prune;
use std::time::{Duration, Instant};

/// What signing in costs while it is cleaned, and how long that takes.
pub async fn measure(surroundings: &Surroundings) -> Vec<Cost> {
    let began = Instant::now();
    let mut cleaned = std::pin::pin!(async {
        prune(&surroundings.app).await.expect("it cleans");
        began.elapsed()
    });
    let mut took: Vec<Duration> = Vec::new();
    let whole = loop {
        tokio::select! {
            whole = &mut cleaned => break whole,
            some = signs_in(surroundings, 1) => took.extend(some),
        }
    };
    vec![
        Cost::of("sign-in while it is cleaned", took),
        Cost::of("cleaning, in all", vec![whole]),
    ]
}
