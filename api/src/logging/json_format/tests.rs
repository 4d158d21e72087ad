use super::*;
use serde_json::{Value, json};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use time::{Date, Month, Time};

/// What was written.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut paper = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paper.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn written(speak: impl FnOnce()) -> Vec<Value> {
    let paper = Paper::default();
    let lines = tracing_subscriber::fmt().event_format(JsonLine);
    let out = paper.clone();
    let lines = lines.with_writer(move || out.clone()).finish();
    tracing::subscriber::with_default(lines, speak);
    let bytes = paper.0.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = str::from_utf8(&bytes).expect("it is text").lines();
    let lines = lines.map(|line| serde_json::from_str(line).expect(line));
    lines.collect()
}

#[test]
fn an_event_is_one_line_that_says_all_of_it() {
    let lines = written(|| {
        let path = "/a\"b\nc\u{1b}";
        tracing::info!(
            path,
            status = 200,
            good = true,
            none = None::<u8>,
            "request"
        );
        tracing::error!(error = %io::Error::other("it \\ broke"), kind = ?Some(1), "failed");
    });
    let [mut first, mut second] = <[Value; 2]>::try_from(lines).expect("there are two lines");
    let time = first["timestamp"].take();
    let time = time.as_str().expect("it is text");
    assert!(time.starts_with("20") && time.ends_with('Z'), "{time}");
    second["timestamp"].take();
    let target = module_path!();
    assert_eq!(
        first,
        json!({"timestamp": null, "level": "INFO", "message": "request", "path": "/a\"b\nc\u{1b}",
               "status": 200, "good": true, "target": target})
    );
    assert_eq!(
        second,
        json!({"timestamp": null, "level": "ERROR", "message": "failed", "error": "it \\ broke",
               "kind": "Some(1)", "target": target})
    );
}

#[test]
fn who_speaks_while_a_line_is_written_finds_its_room_free() {
    struct Talkative;
    impl fmt::Debug for Talkative {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            assert!(LINE.take().is_empty(), "that line is elsewhere");
            f.write_str("talkative")
        }
    }
    let lines = written(|| tracing::warn!(who = ?Talkative, "it speaks"));
    assert_eq!(lines[0]["who"], "talkative");
}

#[test]
fn times_are_written_as_rfc_3339_does() {
    let date = Date::from_calendar_date(2026, Month::March, 7).expect("it is a date");
    let time = Time::from_hms_micro(4, 5, 9, 1_230).expect("it is a time");
    let written = timestamp(UtcDateTime::new(date, time));
    assert_eq!(text(&written), "2026-03-07T04:05:09.001230Z");
}
