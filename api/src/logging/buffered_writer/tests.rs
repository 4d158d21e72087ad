use super::*;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Says each write.
struct Wire(Sender<String>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.0.send(text).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn gathered() -> (BufferedWriter<Wire>, Receiver<String>) {
    let (tell, told) = channel();
    (
        BufferedWriter::new(Wire(tell)).expect("there are threads"),
        told,
    )
}

/// Puts several lines before anybody can write them.
fn together(gathered: &BufferedWriter<Wire>, lines: &[&str]) {
    let mut held = gathered.0.lock();
    for line in lines {
        held.waiting.extend_from_slice(line.as_bytes());
    }
    gathered.0.not_empty.notify_one();
}

#[test]
fn a_line_that_nobody_follows_is_written_all_the_same() {
    let (gathered, told) = gathered();
    for line in ["one\n", "two\n"] {
        gathered.0.put(line.as_bytes(), true);
        assert_eq!(told.recv().as_deref(), Ok(line));
    }
}

#[test]
fn lines_that_wait_are_written_together() {
    let (gathered, told) = gathered();
    together(&gathered, &["one\n", "two\n"]);
    assert_eq!(told.recv().as_deref(), Ok("one\ntwo\n"));
}

fn speaking(gathered: &BufferedWriter<Wire>, speak: impl FnOnce()) {
    let lines = tracing_subscriber::fmt().with_writer(gathered.clone());
    tracing::subscriber::with_default(lines.finish(), speak);
}

#[test]
fn lines_of_requests_wait_and_nothing_else_does() {
    let (gathered, told) = gathered();
    together(&gathered, &["before\n"]);
    speaking(&gathered, || tracing::info!(target: "audit", "signed in"));
    let all: String = told.try_iter().collect();
    assert!(all.starts_with("before\n"), "{all}");
    assert!(all.contains("signed in"), "{all}");

    speaking(&gathered, || {
        for number in 0..1_000 {
            tracing::info!(target: REQUEST_LOG_TARGET, number, "a request");
        }
    });
    gathered.flush();
    let writes: Vec<_> = told.try_iter().collect();
    assert!(writes.len() < 500, "{} writes", writes.len());
    assert_eq!(writes.concat().lines().count(), 1_000);
}

#[test]
fn what_waits_is_written_when_it_is_asked_for() {
    let (gathered, told) = gathered();
    gathered.0.put(b"last\n", true);
    gathered.flush();
    let last: String = told.try_iter().collect();
    assert_eq!(last, "last\n");
}

#[test]
fn many_lines_do_not_wait() {
    let (gathered, told) = gathered();
    let line = "a".repeat(MAX_BYTES);
    gathered.0.put(line.as_bytes(), true);
    assert_eq!(told.try_recv(), Ok(line));
}

#[test]
fn where_nobody_reads_the_program_works_on() {
    let (gathered, told) = gathered();
    drop(told);
    gathered.0.put(b"to nobody\n", false);
    assert!(gathered.0.lock().waiting.is_empty());
}
