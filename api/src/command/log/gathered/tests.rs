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

fn gathered() -> (Gathered<Wire>, Receiver<String>) {
    let (tell, told) = channel();
    (Gathered::new(Wire(tell)).expect("there are threads"), told)
}

/// Puts several lines before anybody can write them.
fn together(gathered: &Gathered<Wire>, lines: &[&str]) {
    let mut held = gathered.0.lock();
    for line in lines {
        held.waiting.extend_from_slice(line.as_bytes());
    }
    gathered.0.come.notify_one();
}

#[test]
fn a_line_that_nobody_follows_is_written_all_the_same() {
    let (gathered, told) = gathered();
    for line in ["one\n", "two\n"] {
        gathered.0.put(line.as_bytes(), false);
        assert_eq!(told.recv().as_deref(), Ok(line));
    }
}

#[test]
fn lines_that_wait_are_written_together() {
    let (gathered, told) = gathered();
    together(&gathered, &["one\n", "two\n"]);
    assert_eq!(told.recv().as_deref(), Ok("one\ntwo\n"));
}

#[test]
fn what_is_grave_is_written_before_anything_goes_on_and_in_its_turn() {
    let (gathered, told) = gathered();
    together(&gathered, &["before\n"]);
    tracing::subscriber::with_default(
        tracing_subscriber::fmt()
            .with_writer(gathered.clone())
            .finish(),
        || tracing::warn!("it breaks"),
    );
    let all: String = told.try_iter().collect();
    assert!(all.starts_with("before\n"), "{all}");
    assert!(all.contains("it breaks"), "{all}");
    gathered.0.put(b"last\n", false);
    gathered.flush();
    let last: String = told.try_iter().collect();
    assert_eq!(last, "last\n");
}

#[test]
fn many_lines_do_not_wait() {
    let (gathered, told) = gathered();
    let line = "a".repeat(MOST);
    gathered.0.put(line.as_bytes(), false);
    assert_eq!(told.try_recv(), Ok(line));
}

#[test]
fn where_nobody_reads_the_program_works_on() {
    let (gathered, told) = gathered();
    drop(told);
    gathered.0.put(b"to nobody\n", true);
    assert!(gathered.0.lock().waiting.is_empty());
}
