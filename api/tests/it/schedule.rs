//! Random schedules: people, browsers, thieves, administrators and time, on two nodes over one
//! database, against a small model in plain Rust.
//!
//! What happens at the same time is explained by trying every order: one of them must give exactly
//! these answers and leave exactly these rows. A thief is whoever presents a token that has been
//! issued; nothing else tells the owner from a copy.

mod deed;
mod draw;
mod ledger;
mod model;
mod oracle;
mod play;
mod powers;
mod stage;

use draw::Step;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use stage::Stage;
use tokio::sync::Mutex;

/// Enough for every day; `SCHEDULES` asks for more.
const USUAL: u32 = 150;
/// More would take longer to shrink than to read.
const SHRINKS: u32 = 2_000;

#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by the environment how deep to go"
)]
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// I-01 to I-04, I-06, I-07, I-11 to I-14, I-17, I-19 to I-22: each is named where it is asserted.
#[tokio::test(flavor = "multi_thread")]
async fn every_schedule_keeps_the_invariants() {
    let stage = Mutex::new(Stage::new().await);
    let runtime = tokio::runtime::Handle::current();
    let cases = asked("SCHEDULES").and_then(|cases| u32::try_from(cases).ok());
    let seed = asked("SCHEDULE_SEED").unwrap_or_else(|| {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).unwrap();
        u64::from_le_bytes(bytes)
    });
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        max_shrink_iters: SHRINKS,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::with_cases(cases.unwrap_or(USUAL))
    });
    let run = runner.run(&draw::schedule(), |steps: Vec<Step>| {
        let playing = async { play::play(&mut *stage.lock().await, &steps).await };
        let played = tokio::task::block_in_place(|| runtime.block_on(playing));
        played.map_err(TestCaseError::fail)
    });
    match run {
        Ok(()) => {}
        Err(TestError::Fail(story, _)) => {
            panic!("SCHEDULE_SEED={seed} finds this, as short as it could be made:\n{story}")
        }
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}
