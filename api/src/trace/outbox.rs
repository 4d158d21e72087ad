use super::random;
use crate::config::TraceConfig;
use std::borrow::Cow;
use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// More than this do not wait: whoever made them goes on being served.
const WAITING_MAX: usize = 8_192;

/// How many were lost in this process.
static DROPPED: AtomicU64 = AtomicU64::new(0);

/// How many spans were lost in this process, because too many waited or the collector was away.
pub fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}

/// A part of a request, or all of it, that has ended.
pub(super) struct Span {
    pub trace: [u8; 16],
    pub id: [u8; 8],
    pub parent: Option<[u8; 8]>,
    pub name: Cow<'static, str>,
    /// Since the Unix epoch.
    pub from: Duration,
    pub to: Duration,
    /// What is told of a whole request.
    pub request: Option<serde_json::Value>,
    pub failed: bool,
}

/// Spans that wait for being sent.
pub(super) struct SpanBuffer {
    pub config: TraceConfig,
    waiting: Mutex<Vec<Span>>,
}

impl SpanBuffer {
    pub fn new(config: TraceConfig) -> Self {
        Self {
            config,
            waiting: Mutex::default(),
        }
    }

    /// Whether a request that nobody else traces is among the share.
    pub fn is_sampled(&self) -> bool {
        u32::from_le_bytes(random()) % 1_000_000 < self.config.per_million
    }

    pub fn push(&self, span: Span) {
        let mut waiting = self.waiting();
        if waiting.len() < WAITING_MAX {
            waiting.push(span);
        } else {
            lost(1);
        }
    }

    pub fn take(&self) -> Vec<Span> {
        mem::take(&mut *self.waiting())
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Span>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nobody will see them.
pub(super) fn lost(spans: usize) {
    DROPPED.fetch_add(u64::try_from(spans).unwrap_or(u64::MAX), Ordering::Relaxed);
}
