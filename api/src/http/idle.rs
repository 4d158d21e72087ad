//! Connections that stay silent end. Poem can do so too, but wakes a task of its own for it at
//! every read and write, which costs a call more than its signature does. Here a timer is looked
//! at only while there is nothing else to do.

use poem::http::uri::Scheme;
use poem::listener::{Acceptor, Listener};
use poem::web::{LocalAddr, RemoteAddr};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// A listener whose connections may be silent for so long.
pub struct Patient<L> {
    /// The listener.
    pub inner: L,
    /// How long.
    pub patience: Duration,
}

impl<L: Listener> Listener for Patient<L> {
    type Acceptor = Patient<L::Acceptor>;

    async fn into_acceptor(self) -> io::Result<Self::Acceptor> {
        let inner = self.inner.into_acceptor().await?;
        let patience = self.patience;
        Ok(Patient { inner, patience })
    }
}

impl<A: Acceptor> Acceptor for Patient<A> {
    type Io = Connection<A::Io>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.inner.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        let (inner, local, remote, scheme) = self.inner.accept().await?;
        let connection = Connection::new(inner, self.patience);
        Ok((connection, local, remote, scheme))
    }
}

/// A connection that fails once it was silent for too long.
pub struct Connection<T> {
    inner: T,
    patience: Duration,
    active_at: Instant,
    /// Set anew when it rings, not at every byte.
    timer: Pin<Box<Sleep>>,
}

impl<T> Connection<T> {
    fn new(inner: T, patience: Duration) -> Self {
        let active_at = Instant::now();
        Self {
            inner,
            patience,
            active_at,
            timer: Box::pin(tokio::time::sleep_until(active_at + patience)),
        }
    }

    fn judge<R>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<R>>,
    ) -> Poll<io::Result<R>> {
        if polled.is_ready() {
            self.active_at = Instant::now();
            return polled;
        }
        while self.timer.as_mut().poll(context).is_ready() {
            let end = self.active_at + self.patience;
            if end <= Instant::now() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.timer.as_mut().reset(end);
        }
        Poll::Pending
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Connection<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.inner).poll_read(context, buffer);
        self.judge(context, polled)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Connection<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.judge(context, polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    const LONG: Duration = Duration::from_hours(1);

    fn connection(patience: Duration) -> (Connection<DuplexStream>, DuplexStream) {
        let (here, there) = duplex(4);
        (Connection::new(here, patience), there)
    }

    #[tokio::test]
    async fn silence_ends_a_connection_whether_it_reads_or_writes() {
        let (mut here, _there) = connection(Duration::ZERO);
        let silent = here.read_u8().await.expect_err("nobody speaks");
        assert_eq!(silent.kind(), io::ErrorKind::TimedOut);
        let stuck = here.write_all(b"nobody reads").await;
        let stuck = stuck.expect_err("nobody reads");
        assert_eq!(stuck.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn what_is_there_is_read_and_written_and_what_is_not_is_waited_for() {
        let (mut here, mut there) = connection(LONG);
        assert!(here.read_u8().now_or_never().is_none());
        there.write_u8(7).await.expect("it is open");
        assert_eq!(here.read_u8().await.ok(), Some(7));
        here.write_u8(8).await.expect("it is open");
        assert_eq!(there.read_u8().await.ok(), Some(8));
    }

    #[tokio::test]
    async fn a_timer_that_rings_after_something_happened_is_set_anew() {
        let (mut here, mut there) = connection(LONG);
        here.timer.as_mut().reset(Instant::now());
        while here.timer.deadline() <= Instant::now() {
            assert!(here.read_u8().now_or_never().is_none());
            tokio::task::yield_now().await;
        }
        there.write_u8(7).await.expect("it is open");
        assert_eq!(here.read_u8().await.ok(), Some(7));
    }
}
