//! Spans as OTLP has them in JSON (OpenTelemetry protocol 1, with ids in hexadecimal digits).

use super::ResponseInfo;
use super::outbox::Span;
use serde_json::{Value, json};
use std::time::Duration;

/// `SPAN_KIND_INTERNAL` and `SPAN_KIND_SERVER`.
const PART: u8 = 1;
const SERVER: u8 = 2;
/// `STATUS_CODE_ERROR`.
const FAILED: u8 = 2;

/// What is told of a whole request, by the names that OpenTelemetry gives it.
pub(super) fn attributes(answered: &ResponseInfo<'_>) -> Value {
    json!([
        text("http.request.method", answered.method),
        text("http.route", answered.route),
        json!({
            "key": "http.response.status_code",
            "value": {"intValue": answered.status.to_string()},
        }),
        text("countersign.request_id", answered.request_id),
    ])
}

/// A request to the collector.
pub(super) fn encode(spans: &[Span]) -> String {
    let resource = json!([
        text("service.name", "countersign"),
        text("service.version", env!("CARGO_PKG_VERSION")),
    ]);
    let spans: Vec<_> = spans.iter().map(span).collect();
    json!({
        "resourceSpans": [{
            "resource": {"attributes": resource},
            "scopeSpans": [{"scope": {"name": "countersign"}, "spans": spans}],
        }],
    })
    .to_string()
}

fn span(span: &Span) -> Value {
    let mut value = json!({
        "traceId": hex(&span.trace),
        "spanId": hex(&span.id),
        "name": span.name,
        "kind": if span.request.is_some() { SERVER } else { PART },
        "startTimeUnixNano": nanos(span.from),
        "endTimeUnixNano": nanos(span.to),
    });
    if let Some(parent) = &span.parent {
        value["parentSpanId"] = hex(parent).into();
    }
    if let Some(attributes) = &span.request {
        value["attributes"] = attributes.clone();
    }
    if span.failed {
        value["status"] = json!({"code": FAILED});
    }
    value
}

fn text(key: &str, value: &str) -> Value {
    json!({"key": key, "value": {"stringValue": value}})
}

/// 64-bit numbers are strings in the JSON of protocol buffers.
fn nanos(time: Duration) -> String {
    time.as_nanos().to_string()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
    digits.collect()
}
