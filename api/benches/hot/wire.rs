//! What is read of a request.

use api::bench_internals;
use criterion::Criterion;
use poem::http::{HeaderMap, HeaderValue, header};
use std::hint::black_box;

/// The refresh cookie among three.
pub fn cookie(criterion: &mut Criterion) {
    let pairs = format!(
        "theme=dark; __Host-Http-refresh={}; language=de",
        "A".repeat(71)
    );
    let value = HeaderValue::from_str(&pairs).expect("it is plain text");
    let headers = HeaderMap::from_iter([(header::COOKIE, value)]);
    assert!(bench_internals::cookie(&headers));
    criterion.bench_function("refresh cookie", |bench| {
        bench.iter(|| bench_internals::cookie(black_box(&headers)));
    });
}

/// The body of a sign-in.
pub fn body(criterion: &mut Criterion) {
    let body = br#"{"username":"alice","password":"correct zebra battery plum"}"#;
    assert!(bench_internals::login(body));
    criterion.bench_function("strict JSON, sign-in", |bench| {
        bench.iter(|| bench_internals::login(black_box(body)));
    });
}
