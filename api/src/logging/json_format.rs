//! An event of the log as a line of JSON. There is one for every request, so it is written at once:
//! the library's own way checks, grows and copies piece by piece, which costs a call more than all
//! that is verified of it.

use crate::clock;
use serde::ser::{SerializeMap, Serializer as _};
use serde_json::Serializer;
use std::cell::RefCell;
use std::fmt;
use time::UtcDateTime;
use tracing::{Event, Subscriber};
use tracing_log::NormalizeEvent;
use tracing_serde::{AsSerde, SerdeMapVisitor};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

thread_local! {
    /// Where a line is put together; kept, so that it seldom grows.
    static LINE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// One object a line: when, how grave, what happened, where in the program.
pub(crate) struct JsonLine;

impl<S, N> FormatEvent<S, N> for JsonLine
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        // Taken away meanwhile: what is written here may itself have something to say.
        let mut line = LINE.take();
        line.clear();
        write(&mut line, event, clock::utc_now()).map_err(|_| fmt::Error)?;
        writer.write_str(text(&line))?;
        LINE.set(line);
        Ok(())
    }
}

fn write(line: &mut Vec<u8>, event: &Event<'_>, now: UtcDateTime) -> serde_json::Result<()> {
    // Of an event that came through the crate `log`; others are as they are.
    let told = event.normalized_metadata();
    let about = told.as_ref().unwrap_or_else(|| event.metadata());
    let mut serializer = Serializer::new(&mut *line);
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("timestamp", text(&timestamp(now)))?;
    map.serialize_entry("level", &about.level().as_serde())?;
    let mut fields = SerdeMapVisitor::new(map);
    event.record(&mut fields);
    let mut map = fields.take_serializer()?;
    map.serialize_entry("target", about.target())?;
    map.end()?;
    line.push(b'\n');
    Ok(())
}

/// As RFC 3339 writes it, to the microsecond.
fn timestamp(now: UtcDateTime) -> [u8; 27] {
    let mut text = *b"0000-00-00T00:00:00.000000Z";
    let year = u32::try_from(now.year()).unwrap_or_default();
    let parts = [
        (0..4, year),
        (5..7, u8::from(now.month()).into()),
        (8..10, now.day().into()),
        (11..13, now.hour().into()),
        (14..16, now.minute().into()),
        (17..19, now.second().into()),
        (20..26, now.microsecond()),
    ];
    for (place, mut number) in parts {
        for digit in text[place].iter_mut().rev() {
            *digit += (number % 10) as u8;
            number /= 10;
        }
    }
    text
}

fn text(written: &[u8]) -> &str {
    str::from_utf8(written).expect("BUG: JSON and digits are text")
}

#[cfg(test)]
mod tests;
