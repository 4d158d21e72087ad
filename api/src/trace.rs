//! What a request did and how long each part of it took, for OpenTelemetry. There is nothing of it
//! unless a collector is named, and then only of a share of requests.
//!
//! A request is begun and ended at its edge; whatever happens below times a [`span`] of it, without
//! being handed anything: the task knows which request it works for.

mod export;
mod outbox;
mod parent;
mod wire;

pub use outbox::dropped;
pub use parent::RemoteParent;

use crate::config::TraceConfig;
use outbox::{Span, SpanBuffer};
use protocol::Millis;
use std::sync::Arc;
use std::time::{Duration, Instant};

tokio::task_local! {
    static WITHIN: Option<SpanContext>;
}

/// Where spans go, if anywhere.
pub struct Tracer(Option<Arc<SpanBuffer>>);

/// A span that is open: what is begun within it belongs to it.
#[derive(Clone)]
struct SpanContext {
    outbox: Arc<SpanBuffer>,
    trace: [u8; 16],
    span: [u8; 8],
    /// When the request began, by both clocks: one tells the time, the other how long.
    zero: (Millis, Instant),
}

/// A request that is traced.
pub struct Request {
    within: SpanContext,
    parent: Option<[u8; 8]>,
}

/// What is known of a request once it is answered. None of it is what a client made up.
pub struct ResponseInfo<'a> {
    /// Its method; `_OTHER` where it is none of the contract's.
    pub method: &'static str,
    /// The template of its route.
    pub route: &'static str,
    /// The answer's.
    pub status: u16,
    /// As the log and the client know it.
    pub request_id: &'a str,
}

impl Tracer {
    /// To that collector.
    pub fn new(config: Option<TraceConfig>) -> Self {
        Self(config.map(|config| Arc::new(SpanBuffer::new(config))))
    }

    /// Whether any request is traced at all.
    pub const fn are_on(&self) -> bool {
        self.0.is_some()
    }

    /// A request began. `None` where it is not traced.
    pub fn begin(&self, parent: Option<RemoteParent>, now: Millis) -> Option<Request> {
        let outbox = self.0.as_ref()?;
        let wanted = parent.map_or_else(|| outbox.is_sampled(), |parent| parent.sampled);
        wanted.then(|| Request {
            within: SpanContext {
                outbox: Arc::clone(outbox),
                trace: parent.map_or_else(random, |parent| parent.trace),
                span: random(),
                zero: (now, Instant::now()),
            },
            parent: parent.map(|parent| parent.span),
        })
    }

    /// Sends what waits, once a second, until it is dropped.
    pub async fn run(&self) {
        if let Some(outbox) = &self.0 {
            export::run(outbox).await;
        }
    }

    /// Sends what waits now.
    pub async fn flush(&self) {
        if let Some(outbox) = &self.0 {
            export::flush(outbox).await;
        }
    }
}

impl Request {
    /// Does it as this request. Not `async`: such a function would hold what it does twice, and every
    /// call would allocate and move that.
    pub fn scope<F: Future>(this: Option<&Self>, doing: F) -> impl Future<Output = F::Output> {
        WITHIN.scope(this.map(|request| request.within.clone()), doing)
    }

    /// Its trace, for the log.
    pub fn trace_id(&self) -> String {
        wire::hex(&self.within.trace)
    }

    /// It was answered.
    pub fn end(self, answered: &ResponseInfo<'_>) {
        let Self { within, parent } = self;
        let zero = within.zero.1;
        let name = format!("{} {}", answered.method, answered.route);
        let mut span = within.closed(parent, name.into(), zero);
        span.request = Some(wire::attributes(answered));
        span.failed = answered.status >= 500;
        within.outbox.push(span);
    }
}

/// Times a part of the request that this task works for, if that is traced. It is told of even
/// where nobody waits for its end any more.
pub async fn span<F: Future>(name: &'static str, doing: F) -> F::Output {
    let Ok(Some(outer)) = WITHIN.try_with(Clone::clone) else {
        return doing.await;
    };
    let inner = SpanContext {
        span: random(),
        ..outer.clone()
    };
    let _open = SpanGuard {
        inner: inner.clone(),
        parent: outer.span,
        name,
        begun: Instant::now(),
    };
    WITHIN.scope(Some(inner), doing).await
}

/// A part until its end.
struct SpanGuard {
    inner: SpanContext,
    parent: [u8; 8],
    name: &'static str,
    begun: Instant,
}

impl Drop for SpanGuard {
    fn drop(&mut self) {
        let inner = &self.inner;
        let span = inner.closed(Some(self.parent), self.name.into(), self.begun);
        inner.outbox.push(span);
    }
}

impl SpanContext {
    fn closed(
        &self,
        parent: Option<[u8; 8]>,
        name: std::borrow::Cow<'static, str>,
        begun: Instant,
    ) -> Span {
        let (time, zero) = self.zero;
        let since = |then: Instant| Duration::from_millis(time.0) + then.duration_since(zero);
        Span {
            trace: self.trace,
            id: self.span,
            parent,
            name,
            from: since(begun),
            to: since(Instant::now()),
            request: None,
            failed: false,
        }
    }
}

/// They only have to differ.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
