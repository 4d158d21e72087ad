//! Requests byte by byte, and what came back.

use crate::server::Server;
use std::fmt::Write;

/// A request that may be anything.
pub struct Ask<'a> {
    pub method: &'static str,
    pub path: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Option<String>,
}

/// What was answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Ask<'_> {
    /// Sends it, on a connection of its own.
    pub fn to(&self, server: &Server) -> Answer {
        let mut request = format!(
            "{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
            self.method, self.path
        );
        for (name, value) in &self.headers {
            let _ = write!(request, "{name}: {value}\r\n");
        }
        if let Some(body) = &self.body {
            let _ = write!(request, "Content-Length: {}\r\n", body.len());
        }
        request += "\r\n";
        request += self.body.as_deref().unwrap_or_default();
        Answer::read(&server.says(request.as_bytes()))
    }
}

impl Answer {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").expect(text);
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// The name and value of each cookie that it sets.
    pub fn cookies(&self) -> Vec<(String, String)> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let set = lines.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        let pairs = set.filter_map(|(_, value)| value.split(';').next()?.split_once('='));
        let held = pairs.filter(|(_, value)| !value.is_empty());
        held.map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// The access token in it.
    pub fn token(&self) -> Option<String> {
        let body: serde_json::Value = serde_json::from_str(&self.body).ok()?;
        body["access_token"].as_str().map(str::to_owned)
    }

    /// All of it but what it is there to bring.
    pub fn beside_its_tokens(&self) -> String {
        let mut text = format!("{}\n{}", self.head, self.body);
        let cookies = self.cookies().into_iter().map(|(_, value)| value);
        for brought in cookies.chain(self.token()) {
            text = text.replacen(&brought, "", 1);
        }
        text
    }
}
