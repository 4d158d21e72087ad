//! What a protected call costs beside its answer.

use crate::setting::{ID, config};
use api::auth::token::access::AccessTokens;
use api::auth::token::revoked::DenyList;
use api::clock::Clock;
use criterion::Criterion;
use protocol::Millis;
use shared::claims::AccessClaims;
use shared::role::Role;
use shared::session::RevocationReason;
use std::hint::black_box;
use std::sync::Arc;
use tempfile::TempDir;

/// Verifying a token for the first time, and once it is remembered.
pub fn access(criterion: &mut Criterion) {
    // Keys of the ring are as old as this run.
    let now = Clock::system().now();
    for algorithm in ["HS256", "EdDSA"] {
        let folder = TempDir::new().expect("there is a temporary folder");
        let config = config(algorithm, &folder);
        let deny = Arc::new(DenyList::new(config.policy.access_token_ttl));
        let access = AccessTokens::open(&config, deny, now).expect("the keys are good");
        let (issuer, audience) = access.issuer_and_audience();
        let claims = AccessClaims {
            iss: issuer.to_owned(),
            aud: audience.to_owned(),
            sub: ID.to_owned(),
            sid: ID.to_owned(),
            jti: ID.to_owned(),
            iat: now.as_secs(),
            nbf: None,
            exp: now.as_secs() + 900,
            cutoff: 0,
            auth_time: now.as_secs(),
            roles: vec![Role::User],
        };
        let token = access.sign(&claims, now).expect("there is a key").0;
        let mut group = criterion.benchmark_group(format!("access token, {algorithm}"));
        group.bench_function("sign", |bench| {
            bench.iter(|| access.sign(black_box(&claims), now));
        });
        group.bench_function("verify, first", |bench| {
            bench.iter(|| {
                access
                    .verify_ignoring_expiry(black_box(&token), now)
                    .expect("it is good")
            });
        });
        group.bench_function("verify, remembered", |bench| {
            bench.iter(|| access.verify(black_box(&token), now).expect("it is good"));
        });
        group.finish();
    }
}

/// Whether a session ended, among ten thousand that did.
pub fn deny(criterion: &mut Criterion) {
    let deny = DenyList::new(Millis::from_secs(900));
    let ids = (0..10_000).map(|number| format!("{number:032x}"));
    deny.add(ids, RevocationReason::SignedOut, Millis::from_secs(0));
    let mut group = criterion.benchmark_group("deny map");
    group.bench_function("a session that lives", |bench| {
        bench.iter(|| deny.revocation_of(black_box(ID)));
    });
    let ended = format!("{:032x}", 77);
    group.bench_function("one that ended", |bench| {
        bench.iter(|| deny.revocation_of(black_box(&ended)));
    });
    group.finish();
}
