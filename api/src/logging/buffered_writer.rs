//! Lines on their way out, some hundred at a time. A write of its own for every line costs a call
//! a twentieth of what it takes altogether, and with a pipe at the other end more.
//!
//! Only lines of requests wait, and no longer than [`MAX_DELAY`]; anything else is written at once, with
//! all that waits before it. So a process that is killed may leave out the requests of its last
//! moment, but never what was wrong and never who signed in.

use crate::http::REQUEST_LOG_TARGET;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tracing::Metadata;
use tracing_subscriber::fmt::MakeWriter;

/// How long a line waits for others.
const MAX_DELAY: Duration = Duration::from_millis(20);
/// More bytes than that are written at once.
const MAX_BYTES: usize = 64 * 1024;

/// Gathers lines for whatever they are written to.
pub struct BufferedWriter<W>(Arc<Shared<W>>);

struct Shared<W> {
    lines: Mutex<Lines<W>>,
    /// Told when there is a first line.
    not_empty: Condvar,
}

struct Lines<W> {
    waiting: Vec<u8>,
    out: W,
}

/// One event's way in.
pub struct Line<'a, W> {
    to: &'a Shared<W>,
    waits: bool,
}

impl<W: Write + Send + 'static> BufferedWriter<W> {
    /// Writes to that, from a thread of its own.
    pub fn new(out: W) -> io::Result<Self> {
        let gathered = Self(Arc::new(Shared {
            lines: Mutex::new(Lines {
                waiting: Vec::new(),
                out,
            }),
            not_empty: Condvar::new(),
        }));
        let shared = Arc::clone(&gathered.0);
        let log = thread::Builder::new().name("log".to_owned());
        log.spawn(move || shared.run())?;
        Ok(gathered)
    }
}

impl<W> Clone for BufferedWriter<W> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<W: Write> BufferedWriter<W> {
    /// Writes what waits now.
    pub fn flush(&self) {
        self.0.lock().send();
    }
}

impl<W: Write> Shared<W> {
    fn run(&self) -> ! {
        loop {
            let none = |lines: &mut Lines<W>| lines.waiting.is_empty();
            let come = self.not_empty.wait_while(self.lock(), none);
            drop(come.unwrap_or_else(PoisonError::into_inner));
            wait_for_more_lines();
            self.lock().send();
        }
    }

    fn put(&self, line: &[u8], waits: bool) {
        let mut lines = self.lock();
        let is_first = lines.waiting.is_empty();
        lines.waiting.extend_from_slice(line);
        if !waits || lines.waiting.len() >= MAX_BYTES {
            lines.send();
        } else if is_first {
            self.not_empty.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Lines<W>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "for time is what it waits: for more lines to come"
)]
fn wait_for_more_lines() {
    thread::sleep(MAX_DELAY);
}

impl<W: Write> Lines<W> {
    fn send(&mut self) {
        // Where nobody reads the log any more, the program works on without one.
        let _ = self.out.write_all(&self.waiting);
        self.waiting.clear();
    }
}

impl<'a, W: Write + 'a> MakeWriter<'a> for BufferedWriter<W> {
    type Writer = Line<'a, W>;

    fn make_writer(&'a self) -> Self::Writer {
        Line {
            to: &self.0,
            waits: false,
        }
    }

    fn make_writer_for(&'a self, about: &Metadata<'_>) -> Self::Writer {
        Line {
            to: &self.0,
            waits: about.target() == REQUEST_LOG_TARGET,
        }
    }
}

impl<W: Write> Write for Line<'_, W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.to.put(line, self.waits);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.lock().send();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
