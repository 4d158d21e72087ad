//! A browser over the wire: it keeps what it is given, and sends it where browsers do.

use super::stage::Stage;
use super::wire::{Answer, Ask};
use std::collections::BTreeMap;

#[derive(Clone, Default)]
pub struct Visitor {
    cookies: BTreeMap<String, String>,
    pub token: Option<String>,
}

impl Visitor {
    pub fn gets(&mut self, stage: &mut Stage, path: &str) -> Answer {
        self.asks(stage, "GET", path, None)
    }

    /// Asks as our own page does. What reads the cookie gets no access token.
    pub fn asks(
        &mut self,
        stage: &mut Stage,
        method: &'static str,
        path: &str,
        body: Option<String>,
    ) -> Answer {
        let mut headers = vec![("Sec-Fetch-Site", "same-origin".to_owned())];
        headers.push(("X-CSRF", "1".to_owned()));
        headers.extend(
            body.as_ref()
                .map(|_| ("Content-Type", "application/json".to_owned())),
        );
        let reads_cookie = path.starts_with("/api/auth/") && body.as_deref() == Some("{}");
        let token = self.token.as_ref().filter(|_| !reads_cookie);
        headers.extend(token.map(|token| ("Authorization", format!("Bearer {token}"))));
        let cookies = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        headers.extend((!cookies.is_empty()).then_some(("Cookie", cookies)));
        let ask = Ask {
            method,
            path,
            headers,
            body,
        };
        let answer = stage.asks(&ask);
        self.cookies.extend(answer.cookies());
        self.token = answer.token().or(self.token.take());
        answer
    }

    /// Signs in or registers.
    pub fn enters(&mut self, stage: &mut Stage, by: &str, name: &str, password: &str) -> Answer {
        let path = format!("/api/auth/{by}");
        self.asks(stage, "POST", &path, Some(form(name, password)))
    }
}

/// The body of a sign-in.
pub fn form(name: &str, password: &str) -> String {
    serde_json::json!({ "username": name, "password": password }).to_string()
}
