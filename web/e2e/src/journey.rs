//! One journey from its beginning to its verdict.

use crate::stage::Stage;
use crate::world::World;
use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Each journey has a browser or two; more at once only make all of them slow.
static TURNS: Semaphore = Semaphore::const_new(2);

/// No journey takes this long.
const LIMIT: Duration = Duration::from_mins(4);

/// Tells a journey on its stage, then looks whether anything leaked.
pub async fn journey(stage: Stage, story: impl AsyncFnOnce(&World)) {
    let _turn = TURNS.acquire().await.expect("BUG: nobody closes it");
    let world = World::set_up(stage).await;
    let told = AssertUnwindSafe(async {
        story(&world).await;
        world.holds_nothing_open().await;
    });
    let told = AssertUnwindSafe(timeout(LIMIT, told)).catch_unwind().await;
    let failed = !matches!(told, Ok(Ok(())));
    if failed {
        world.explains().await;
    }
    let written = world.ends().await;
    match told {
        Ok(told) => told.expect("the journey ends in time"),
        Err(panic) => resume_unwind(panic),
    }
    assert!(written.is_empty(), "on disk {}", written.join("\n"));
}
