//! What a collector of traces hears, and what it does not.

use crate::constants::PASSWORD;
use crate::server::{Server, between};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const SPAN: &str = "b7ad6b7169203331";

/// A collector that keeps what it hears.
struct Collector {
    url: String,
    heard: Receiver<String>,
}

impl Collector {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, heard) = channel();
        thread::spawn(move || {
            for mut stream in listener.incoming().filter_map(Result::ok) {
                let mut text = Vec::new();
                let mut part = [0; 4096];
                while !is_whole(&text) {
                    let Ok(length @ 1..) = stream.read(&mut part) else {
                        break;
                    };
                    text.extend_from_slice(&part[..length]);
                }
                tell.send(String::from_utf8(text).unwrap()).unwrap();
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            }
        });
        Self {
            url: format!("http://{address}/otlp"),
            heard,
        }
    }

    /// All spans that it was sent; whoever sends them has ended.
    fn spans(&self) -> Vec<Value> {
        let mut spans = Vec::new();
        for request in self.heard.try_iter() {
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            assert!(
                head.starts_with("POST /otlp/v1/traces HTTP/1.1\r\n"),
                "{head}"
            );
            assert!(
                head.contains("\r\nContent-Type: application/json\r\n"),
                "{head}"
            );
            let body: Value = serde_json::from_str(body).unwrap();
            let sent = &body["resourceSpans"][0];
            let service = &sent["resource"]["attributes"][0];
            assert_eq!(service["key"], "service.name");
            assert_eq!(service["value"]["stringValue"], "countersign");
            let sent = sent["scopeSpans"][0]["spans"].as_array().unwrap();
            spans.extend(sent.iter().cloned());
        }
        spans
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
        let length = between(head, "Content-Length: ", "\r\n");
        body.len() >= length.parse().unwrap()
    })
}

fn registers(server: &Server, headers: &str) -> String {
    let body = format!(r#"{{"username":"alice","password":"{PASSWORD}"}}"#);
    let answer = server.posts("/api/auth/register", headers, &body);
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    answer
}

/// Its end, with all that waits.
fn stops(server: Server) -> String {
    server.is_asked_to_stop();
    let (status, log) = server.ends();
    assert!(status.success(), "{log}");
    log
}

fn attribute<'a>(span: &'a Value, key: &str) -> &'a Value {
    let attributes = span["attributes"].as_array().expect("it is a request");
    let found = attributes.iter().find(|one| one["key"] == key);
    &found.unwrap_or_else(|| panic!("{key}: {span}"))["value"]
}

fn named<'a>(spans: &'a [Value], name: &str) -> &'a Value {
    let found = spans.iter().find(|span| span["name"] == name);
    found.unwrap_or_else(|| panic!("{name}: {spans:?}"))
}

fn nanos(span: &Value, end: &str) -> u128 {
    span[end].as_str().unwrap().parse().unwrap()
}

#[test]
fn a_request_is_traced_with_its_parts_and_without_what_is_secret() {
    let collector = Collector::start();
    let server = Server::start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url)]);
    let answer = registers(&server, "");
    let cookie = between(&answer, "set-cookie: refresh-8000=", ";");
    let token = between(&answer, r#""access_token":""#, "\"");
    let header = format!("Cookie: refresh-8000={cookie}\r\n");
    server.posts("/api/auth/refresh", &header, "{}");
    server.posts("/api/x-canary?y-canary", "", "{}");
    let log = stops(server);
    let spans = collector.spans();

    let root = named(&spans, "POST /api/auth/register");
    assert_eq!(root["kind"], 2);
    assert!(root["parentSpanId"].is_null());
    assert_eq!(
        attribute(root, "http.route")["stringValue"],
        "/api/auth/register"
    );
    assert_eq!(
        attribute(root, "http.response.status_code")["intValue"],
        "201"
    );
    let request_id = between(&answer, "x-request-id: ", "\r\n");
    assert_eq!(
        attribute(root, "countersign.request_id")["stringValue"],
        request_id
    );
    let trace = root["traceId"].as_str().unwrap();
    assert!(log.contains(&format!(r#""trace_id":"{trace}""#)), "{log}");
    for name in ["hash: wait", "hash: make", "db: begin", "db: commit"] {
        let inside = |span: &&Value| span["name"] == name && span["traceId"] == root["traceId"];
        let part = spans.iter().find(inside).expect(name);
        assert_eq!(part["parentSpanId"], root["spanId"], "{name}");
        assert!(nanos(part, "startTimeUnixNano") >= nanos(root, "startTimeUnixNano"));
        assert!(nanos(part, "endTimeUnixNano") <= nanos(root, "endTimeUnixNano"));
    }
    let refresh = named(&spans, "POST /api/auth/refresh");
    assert_ne!(refresh["traceId"], root["traceId"]);
    assert_eq!(named(&spans, "db: rotate")["traceId"], refresh["traceId"]);

    let all = Value::from(spans).to_string();
    for sent in [PASSWORD, "alice", cookie, token, "canary"] {
        assert!(!all.contains(sent), "{sent}");
    }
}

#[test]
fn a_trace_is_gone_on_with_for_our_proxies_alone() {
    for (proxies, expected) in [("127.0.0.1", true), ("", false)] {
        let collector = Collector::start();
        let server = Server::start(&[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url),
            ("TRUSTED_PROXIES", proxies),
        ]);
        registers(&server, &format!("traceparent: 00-{TRACE}-{SPAN}-01\r\n"));
        stops(server);
        let spans = collector.spans();
        let root = named(&spans, "POST /api/auth/register");
        assert_eq!(root["traceId"] == TRACE, expected);
        assert_eq!(root["parentSpanId"] == SPAN, expected);
    }
}

#[test]
fn what_is_not_in_the_share_is_not_traced() {
    let collector = Collector::start();
    let server = Server::start(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url),
        ("OTEL_TRACES_SAMPLER_ARG", "0"),
        ("TRUSTED_PROXIES", "127.0.0.1"),
    ]);
    registers(&server, "");
    // Somebody before us wants this one, and not the other.
    for (path, flags) in [("/api/one", "01"), ("/api/other", "00")] {
        let header = format!("traceparent: 00-{TRACE}-{SPAN}-{flags}\r\n");
        server.posts(path, &header, "{}");
    }
    stops(server);
    let spans = collector.spans();
    assert_eq!(spans.len(), 1, "{spans:?}");
    assert_eq!(spans[0]["name"], "_OTHER other");
    assert_eq!(spans[0]["traceId"], TRACE);
}

#[test]
fn a_collector_that_is_away_holds_nobody_up() {
    let away = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", away.local_addr().unwrap());
    drop(away);
    let server = Server::start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &url)]);
    registers(&server, "");
    let log = stops(server);
    assert!(
        log.contains("the collector of traces took nothing"),
        "{log}"
    );
    // Nobody else hears of traces.
    let server = Server::start(&[]);
    registers(&server, "");
    let log = stops(server);
    assert!(
        !log.contains("trace_id") && !log.contains("collector"),
        "{log}"
    );
}
