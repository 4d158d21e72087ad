//! What the API answered, and how a story looks at it.

use poem::Response;
use poem::http::HeaderMap;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub async fn read(mut response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.take_body().into_string().await.unwrap(),
        }
    }

    /// It has that status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    /// It is that problem, in the one shape of every problem.
    #[track_caller]
    pub fn refused_as(self, status: u16, code: &str) -> Self {
        let body = self.json();
        assert_eq!(
            (self.status, body["code"].as_str()),
            (status, Some(code)),
            "{self:#?}"
        );
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(body["status"], status);
        assert_eq!(body["type"], "about:blank");
        assert!(body["title"].is_string());
        assert_eq!(body["request_id"].as_str(), self.header("x-request-id"));
        let challenge = self.header("www-authenticate").unwrap_or_default();
        let challenged = challenge.starts_with(r#"Bearer realm="api""#);
        assert!(challenged || status != 401, "{self:#?}");
        let waits = self.header("retry-after").is_some();
        assert_eq!(waits, matches!(status, 429 | 503), "{self:#?}");
        self
    }

    /// Its challenge is exactly this.
    #[track_caller]
    pub fn challenges(self, challenge: Option<&str>) -> Self {
        assert_eq!(self.header("www-authenticate"), challenge);
        self
    }

    /// It gives that reason for the end of the session.
    #[track_caller]
    pub fn because(self, reason: &str) -> Self {
        assert_eq!(self.json()["reason"], reason, "{self:#?}");
        self
    }

    /// It refuses that field by that rule.
    #[track_caller]
    pub fn refuses(self, field: &str, rule: &str) -> Self {
        let body = self.json();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        let named = |error: &Value| error["field"] == field && error["rule"] == rule;
        assert!(errors.iter().any(named), "{self:#?}");
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
