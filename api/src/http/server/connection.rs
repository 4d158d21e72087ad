//! One connection as the rest of the server sees it: what it is doing, since when, and whether it
//! was told to end.

use futures::task::AtomicWaker;
use std::future::poll_fn;
use std::sync::atomic::{
    AtomicBool, AtomicU8, AtomicU16, AtomicU64, Ordering::Relaxed, Ordering::SeqCst,
};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Instant;

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// Nothing: no byte of a request has come.
    Idle,
    /// The first bytes of a request have come, its head is not complete.
    Head,
    /// A request is being answered.
    Request,
    /// The answer is being written.
    Response,
}

/// What a connection was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum CloseRequest {
    /// Go on.
    None,
    /// End after the request under way, or at once where there is none.
    Finish,
    /// End now.
    Abort,
}

/// The shared state of a connection. Its own task changes the phase, others only look and give orders.
#[derive(Debug)]
pub(super) struct Connection {
    /// Counts up; a smaller number was accepted earlier.
    pub(super) id: u64,
    opened_at: Instant,
    phase: AtomicU8,
    /// Milliseconds after `opened_at`.
    active_at: AtomicU64,
    order: AtomicU8,
    /// Where it stands among those whose request is not understood yet; 0 is nowhere.
    pub(super) incomplete: AtomicU64,
    /// The status that hyper answered by itself to what is no request; 0 is none.
    pub(super) rejected: AtomicU16,
    /// Whether it has been idle for so long that its buffers should go.
    pub(super) rests: AtomicBool,
    /// Whether an error was answered before the request's body was read.
    pub(super) unread: AtomicBool,
    waker: AtomicWaker,
}

impl Connection {
    /// It was just accepted.
    pub(super) fn new(id: u64) -> Self {
        Self {
            id,
            opened_at: Instant::now(),
            phase: AtomicU8::new(Phase::Idle as u8),
            active_at: AtomicU64::new(0),
            order: AtomicU8::new(CloseRequest::None as u8),
            incomplete: AtomicU64::new(0),
            rejected: AtomicU16::new(0),
            rests: AtomicBool::new(false),
            unread: AtomicBool::new(false),
            waker: AtomicWaker::new(),
        }
    }

    pub(super) fn phase(&self) -> Phase {
        match self.phase.load(Relaxed) {
            0 => Phase::Idle,
            1 => Phase::Head,
            2 => Phase::Request,
            _ => Phase::Response,
        }
    }

    pub(super) fn set_phase(&self, phase: Phase) {
        self.phase.store(phase as u8, Relaxed);
    }

    /// Something was read or written.
    pub(super) fn touch(&self, now: Instant) {
        let after = now.saturating_duration_since(self.opened_at);
        let after = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
        self.active_at.store(after, Relaxed);
    }

    /// When something was last read or written.
    pub(super) fn active_at(&self) -> Instant {
        self.opened_at + Duration::from_millis(self.active_at.load(Relaxed))
    }

    /// Tells it to end; a weaker order never takes back a stronger one.
    pub(super) fn request_close(&self, order: CloseRequest) {
        if self.order.fetch_max(order as u8, SeqCst) < order as u8 {
            self.waker.wake();
        }
    }

    pub(super) fn close_request(&self) -> CloseRequest {
        match self.order.load(SeqCst) {
            0 => CloseRequest::None,
            1 => CloseRequest::Finish,
            _ => CloseRequest::Abort,
        }
    }

    /// What it was told so far; its task is woken when that changes.
    pub(super) fn poll_close_request(&self, context: &Context<'_>) -> CloseRequest {
        // In this order: what is told between the two wakes the task.
        self.waker.register(context.waker());
        self.close_request()
    }

    /// Waits until it is told at least that.
    pub(super) async fn close_requested(&self, least: CloseRequest) {
        poll_fn(|context| {
            if self.poll_close_request(context) >= least {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[test]
    fn a_stronger_order_replaces_a_weaker_one_and_never_the_other_way_round() {
        let connection = Connection::new(1);
        assert!(
            connection
                .close_requested(CloseRequest::Finish)
                .now_or_never()
                .is_none()
        );
        connection.request_close(CloseRequest::Finish);
        assert!(
            connection
                .close_requested(CloseRequest::Finish)
                .now_or_never()
                .is_some()
        );
        assert!(
            connection
                .close_requested(CloseRequest::Abort)
                .now_or_never()
                .is_none()
        );
        connection.request_close(CloseRequest::Abort);
        connection.request_close(CloseRequest::Finish);
        assert_eq!(connection.close_request(), CloseRequest::Abort);
    }

    #[test]
    fn each_phase_is_kept_as_it_was_entered() {
        let connection = Connection::new(1);
        for phase in [Phase::Head, Phase::Request, Phase::Response, Phase::Idle] {
            connection.set_phase(phase);
            assert_eq!(connection.phase(), phase);
        }
    }
}
