//! What a refresh and a sign-in compute.

use crate::setting::{ID, NOW, config};
use api::auth::password::hash::Hasher;
use api::auth::token::refresh_token::{RefreshKey, UnverifiedToken, attempt_hash};
use api::config::HashCost;
use criterion::Criterion;
use protocol::Millis;
use protocol::server::{RefreshPolicy, Session, decide};
use shared::password::Password;
use std::hint::black_box;
use tempfile::TempDir;

const SALT: &[u8] = b"0123456789abcdef";

/// Reading one, verifying it, and making the next.
pub fn token(criterion: &mut Criterion) {
    let folder = TempDir::new().expect("there is a temporary folder");
    let key = RefreshKey::new(&config("HS256", &folder).refresh_token_secret);
    let token = key.mint(ID, SALT, 7).expect("the id is good");
    let presented = UnverifiedToken::parse(token.expose()).expect("it is well formed");
    let mut group = criterion.benchmark_group("refresh token");
    group.bench_function("parse", |bench| {
        bench.iter(|| UnverifiedToken::parse(black_box(token.expose())));
    });
    group.bench_function("verify", |bench| {
        bench.iter(|| key.verify(black_box(&presented), SALT));
    });
    group.bench_function("derive", |bench| {
        bench.iter(|| key.mint(black_box(ID), SALT, 8));
    });
    group.bench_function("attempt hash", |bench| {
        bench.iter(|| attempt_hash(black_box("d9c9a3b0-8a0e-4f1e-9c57-0c1f4a6b2e3d")));
    });
    group.finish();
}

/// The decision on a row.
pub fn decision(criterion: &mut Criterion) {
    let hours = |hours: u64| NOW + Millis::from_secs(hours * 3_600);
    let session = Session {
        generation: 7,
        rotated_at: NOW,
        attempt_key: Some([7; 32]),
        grace_reuses: 0,
        idle_expires_at: hours(24),
        absolute_expires_at: hours(240),
        revoked: false,
        user_enabled: true,
    };
    let windows = RefreshPolicy {
        retry_window: Millis::from_secs(600),
        grace_period: Millis::from_secs(10),
        idle_timeout: Millis::from_secs(604_800),
    };
    let mut group = criterion.benchmark_group("protocol::server::decide");
    for (what, presented) in [("the newest token", 7), ("the one before, again", 6)] {
        group.bench_function(what, |bench| {
            bench.iter(|| {
                decide(
                    black_box(&session),
                    presented,
                    Some(&[7; 32]),
                    NOW,
                    &windows,
                )
            });
        });
    }
    group.finish();
}

/// One argon2id hash as it is shipped.
pub fn hash(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let runtime = runtime.expect("there are threads");
    let hasher = Hasher::new(HashCost {
        memory_kib: 19_456,
        iterations: 2,
        parallelism: 1,
        queue: 1,
    });
    let mut group = criterion.benchmark_group("argon2id");
    group
        .sample_size(20)
        .bench_function("19 MiB, t=2, p=1", |bench| {
            bench.iter(|| {
                let place = hasher.try_acquire().expect("nobody else hashes");
                let hash = hasher.hash(place, Password::new("correct zebra battery plum"));
                runtime.block_on(hash).expect("nobody else hashes")
            });
        });
    group.finish();
}
