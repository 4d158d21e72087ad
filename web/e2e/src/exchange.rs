//! One request of a page, and what became of it.

use std::time::Duration;

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No answer yet.
    Pending,
    /// Answered with this status.
    Status(u16),
    /// The network failed.
    Failed(String),
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The browser's number for it.
    pub(crate) id: String,
    /// The HTTP method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// What became of it.
    pub outcome: Outcome,
    /// When it was sent, on the browser's monotonic clock.
    pub sent_at: Duration,
}

impl Exchange {
    /// The path, if it is a call of the API.
    pub fn api_path(&self) -> Option<&str> {
        let from = self.url.find("/api/")?;
        self.url[from..].split('?').next()
    }

    /// Whether the page asked for a new token with it.
    pub fn is_refresh(&self) -> bool {
        self.api_path() == Some("/api/auth/refresh")
    }

    /// Method, path and status of a call of the API: `GET /api/me 200`.
    pub fn line(&self) -> Option<String> {
        let outcome = match &self.outcome {
            Outcome::Pending => "pending".to_owned(),
            Outcome::Status(status) => status.to_string(),
            Outcome::Failed(_) => "failed".to_owned(),
        };
        Some(format!("{} {} {outcome}", self.method, self.api_path()?))
    }

    /// Whether it came to nothing.
    pub fn failed(&self) -> bool {
        match &self.outcome {
            Outcome::Pending => false,
            Outcome::Status(status) => *status >= 400,
            Outcome::Failed(_) => true,
        }
    }
}
