//! Requests and answers, as far as this API uses HTTP.

use protocol::Millis;
use serde::Serialize;
use shared::endpoint::Method;

/// A request to our own origin.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// Headers beyond what a browser sends of itself.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON body.
    pub body: Option<String>,
}

/// What we say ourselves, as JSON. An error of it would carry its own printing into the browser.
pub(crate) fn written(value: &impl Serialize) -> String {
    let Ok(json) = serde_json::to_string(value) else {
        panic!("BUG: what we say is JSON");
    };
    json
}

impl Request {
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: None,
        }
    }

    #[must_use]
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    #[must_use]
    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        self.body = Some(written(body));
        self.header("Content-Type", "application/json")
    }

    /// The value of a header.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

// Headers and bodies hold tokens and passwords, so a request does not print them.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.method.as_str())?;
        f.write_str(" ")?;
        f.write_str(&self.path)
    }
}

/// An answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The header `Retry-After`, as it came.
    pub retry_after: Option<String>,
    /// The body as text.
    pub body: String,
}

impl Response {
    /// The time that `Retry-After` asks for. Only seconds (RFC 9110, section 10.2.3): our API
    /// sends no dates, and a date would trust the wall clock.
    pub(crate) fn retry_after_duration(&self) -> Option<Millis> {
        let seconds: u32 = self.retry_after.as_deref()?.trim().parse().ok()?;
        Some(Millis::from_secs(seconds.into()))
    }
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Response").field(&self.status).finish()
    }
}
