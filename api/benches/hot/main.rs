//! `cargo bench -p api --features hot --bench hot`: what is computed at every call, every refresh and
//! every sign-in, without a network or a database.

mod refreshes;
mod setting;
mod tokens;
mod wire;

use criterion::{Criterion, criterion_group, criterion_main};
use std::time::Duration;

fn short() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
}

criterion_group! {
    name = hot;
    config = short();
    targets = tokens::access, tokens::deny, refreshes::token, refreshes::decision, refreshes::hash,
        wire::cookie, wire::body
}
criterion_main!(hot);
