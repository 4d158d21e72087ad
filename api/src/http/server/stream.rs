//! The bytes of a connection under its time limits.
//!
//! One timer serves all of them. It is looked at only while there is nothing to read or write, and
//! set anew when it rings, not at every byte: a call pays nothing for it.

use super::connection::{Connection, Phase};
use super::registry::Registry;
use crate::metrics::DropReason;
use hyper::body::Bytes;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};
use tokio_rustls::server::TlsStream;

/// How long each thing may take.
#[derive(Clone, Copy)]
pub(super) struct TimeLimits {
    /// The head of a request, from its first byte to its last.
    head: Duration,
    /// The wait for more bytes of a request; what a request itself may take is shorter.
    read: Duration,
    /// How long an idle connection keeps the buffers of its last request.
    rest: Duration,
    /// The wait for a client that reads nothing of its answer.
    stall: Duration,
    /// An answer in all: 6 kB a second for the largest that there is.
    write: Duration,
}

const TIME_LIMITS: TimeLimits = TimeLimits {
    head: Duration::from_secs(10),
    read: Duration::from_secs(75),
    rest: Duration::from_secs(5),
    stall: Duration::from_secs(30),
    write: Duration::from_mins(5),
};

/// How what hyper says to what is no request begins: `HTTP/1.1 400 Bad Request`.
const STATUS_LINE: &[u8] = b"HTTP/1.1 4";

/// Waits until something can be read, or the other side is gone. A socket says of itself that it is
/// readable before anybody tried, so somebody has to.
pub(super) async fn first_byte(socket: &TcpStream) -> io::Result<()> {
    socket.peek(&mut [0]).await.map(drop)
}

/// What a request comes by: a socket, or TLS on one.
pub(super) trait Transport: AsyncRead + AsyncWrite + Send + Unpin + 'static {
    /// The socket below.
    fn socket(&self) -> &TcpStream;

    /// Whether something was received that no read has returned yet.
    fn holds_bytes(&mut self) -> bool;
}

impl Transport for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }

    fn holds_bytes(&mut self) -> bool {
        false
    }
}

impl Transport for TlsStream<TcpStream> {
    fn socket(&self) -> &TcpStream {
        self.get_ref().0
    }

    fn holds_bytes(&mut self) -> bool {
        // A request may have come together with the end of the handshake. An error is for who reads.
        let state = self.get_mut().1.process_new_packets();
        state.map_or(true, |state| state.plaintext_bytes_to_read() > 0)
    }
}

/// A transport that fails when a limit is reached.
pub(super) struct TimedStream<T> {
    pub(super) inner: T,
    /// What was read already and not understood yet.
    pub(super) early: Bytes,
    connection: Arc<Connection>,
    registry: Arc<Registry>,
    limits: TimeLimits,
    timer: Pin<Box<Sleep>>,
    head_since: Instant,
    write_since: Option<Instant>,
}

impl<T> TimedStream<T> {
    pub(super) fn new(inner: T, connection: Arc<Connection>, registry: Arc<Registry>) -> Self {
        let now = Instant::now();
        Self {
            inner,
            early: Bytes::new(),
            connection,
            registry,
            limits: TIME_LIMITS,
            timer: Box::pin(tokio::time::sleep_until(now + TIME_LIMITS.rest)),
            head_since: now,
            write_since: None,
        }
    }

    /// Something was read.
    fn on_read(&mut self, length: usize) {
        let now = Instant::now();
        self.connection.touch(now);
        if length > 0 && self.connection.phase() == Phase::Idle {
            self.connection.set_phase(Phase::Head);
            self.head_since = now;
        }
    }

    /// Nothing can be read now.
    fn poll_read_limit(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let active_at = self.connection.active_at();
        match self.connection.phase() {
            Phase::Idle => {
                if self
                    .poll_until(context, active_at + self.limits.rest)
                    .is_ready()
                {
                    self.connection.rests.store(true, Relaxed);
                }
                Poll::Pending
            }
            Phase::Head => {
                self.registry.is_incomplete(&self.connection);
                ready!(self.poll_until(context, self.head_since + self.limits.head));
                self.fail(DropReason::HeadTimeout)
            }
            Phase::Request | Phase::Response => {
                ready!(self.poll_until(context, active_at + self.limits.read));
                self.fail(DropReason::ReadTimeout)
            }
        }
    }

    /// Nothing can be written now.
    fn poll_write_limit(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let since = *self.write_since.get_or_insert_with(Instant::now);
        let end = (self.connection.active_at() + self.limits.stall).min(since + self.limits.write);
        ready!(self.poll_until(context, end));
        self.fail(DropReason::WriteTimeout)
    }

    fn fail<R>(&self, reason: DropReason) -> Poll<io::Result<R>> {
        self.registry.dropped(reason);
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_until(&mut self, context: &mut Context<'_>, end: Instant) -> Poll<()> {
        if end < self.timer.deadline() {
            self.timer.as_mut().reset(end);
        }
        while self.timer.as_mut().poll(context).is_ready() {
            if end <= Instant::now() {
                return Poll::Ready(());
            }
            self.timer.as_mut().reset(end);
        }
        Poll::Pending
    }

    fn on_write(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if polled.is_pending() {
            ready!(self.poll_write_limit(context))?;
            return Poll::Pending;
        }
        self.connection.touch(Instant::now());
        polled
    }

    /// What hyper itself answers to what is no request is held back: we say it in our words.
    fn holds_back(&self, bytes: &[u8]) -> bool {
        let is_ours = self.connection.phase() != Phase::Head;
        let status = bytes
            .strip_prefix(STATUS_LINE)
            .and_then(|rest| rest.get(..2));
        let status = status.and_then(|digits| str::from_utf8(digits).ok()?.parse().ok());
        let Some(status) = status.filter(|_: &u16| !is_ours) else {
            return self.connection.rejected.load(Relaxed) != 0;
        };
        self.connection.rejected.store(400 + status, Relaxed);
        true
    }
}

impl<T: Transport> AsyncRead for TimedStream<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.early.is_empty() {
            let length = self.early.len().min(buffer.remaining());
            buffer.put_slice(&self.early.split_to(length));
            self.on_read(length);
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        if let Poll::Ready(read) = Pin::new(&mut self.inner).poll_read(context, buffer) {
            self.on_read(buffer.filled().len() - before);
            return Poll::Ready(read);
        }
        self.poll_read_limit(context)
    }
}

impl<T: Transport> AsyncWrite for TimedStream<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.holds_back(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let polled = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.on_write(context, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if slices.first().is_some_and(|first| self.holds_back(first)) {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        let polled = Pin::new(&mut self.inner).poll_write_vectored(context, slices);
        self.on_write(context, polled)
    }

    fn is_write_vectored(&self) -> bool {
        // Without, every answer would be copied into a buffer of its connection, files too.
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if Pin::new(&mut self.inner).poll_flush(context)?.is_pending() {
            ready!(self.poll_write_limit(context))?;
            return Poll::Pending;
        }
        // Hyper flushes once it has written all that it has.
        if self.connection.phase() == Phase::Response {
            self.connection.set_phase(Phase::Idle);
            self.write_since = None;
            if self.registry.has_many_buffers() {
                self.connection.rests.store(true, Relaxed);
            }
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Only after what we have to say, see `closing`.
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests;
