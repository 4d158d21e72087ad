//! One argon2id hash, ours and theirs.

use super::{Found, Plan};
use crate::ready::pinned;
use api::auth::password::hash::Hasher;
use api::config::HashCost;
use shared::password::Password;
use std::time::Instant;

const TIMES: usize = 10;
/// As it is shipped.
const COST: HashCost = HashCost {
    memory_kib: 19_456,
    iterations: 2,
    parallelism: 1,
    queue: 1,
};

/// In turn, on the same core.
pub async fn measure(plan: &Plan, found: &mut Found) {
    let hasher = Hasher::new(COST);
    ours(&hasher).await;
    for _ in 0..plan.rounds {
        for _ in 0..TIMES {
            found.add("hash ours ms", ours(&hasher).await);
        }
        if let Some(script) = plan.peer("argon2.mjs") {
            let mut node = pinned(Some(crate::ready::CLIENTS_CORE), "node");
            let said = node.arg(script).arg(TIMES.to_string()).output();
            let said = said.expect("node is there").stdout;
            for line in String::from_utf8_lossy(&said).lines() {
                found.add("hash node ms", line.parse().expect("it says a number"));
            }
        }
    }
}

async fn ours(hasher: &Hasher) -> f64 {
    let began = Instant::now();
    let place = hasher.try_acquire().expect("nobody else hashes");
    let hash = hasher.hash(place, Password::new(crate::scripts::PASSWORD));
    hash.await.expect("nobody else hashes");
    began.elapsed().as_secs_f64() * 1e3
}
