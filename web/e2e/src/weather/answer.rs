//! Answers that somebody gives in place of the API.

use std::time::Duration;

/// As a proxy does that has pages of its own.
pub(super) fn of_a_proxy(status: u16) -> String {
    answer((status, "text/html"), "", "<h1>A page of a proxy</h1>")
}

/// A download that breaks off.
pub(super) fn cut_off() -> String {
    let answer = answer((200, "application/wasm"), "", "asm");
    answer.replace("Content-Length: 3", "Content-Length: 3000")
}

/// As the API does while its database is away.
pub(super) fn unavailable(retry_after: Duration) -> String {
    let head = format!("Retry-After: {}\r\n", retry_after.as_secs());
    problem(503, "unavailable", &head)
}

/// As the API does to whoever lacks a role.
pub(super) fn forbidden() -> String {
    let challenge = "Bearer realm=\"api\", error=\"insufficient_scope\"";
    let head = format!("WWW-Authenticate: {challenge}\r\n");
    problem(403, "insufficient_scope", &head)
}

fn problem(status: u16, code: &str, head: &str) -> String {
    let body = serde_json::json!({
        "type": "about:blank", "title": code, "status": status, "code": code, "request_id": "weather",
    });
    let kind = (status, "application/problem+json");
    answer(kind, head, &body.to_string())
}

fn answer((status, media_type): (u16, &str), head: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Trouble\r\nContent-Type: {media_type}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\n{head}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
