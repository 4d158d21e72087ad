//! Who asks: one that calls, one that refreshes, one that signs in.

use super::client::{Outcome, Script, header, load, once};
use super::server::Server;
use std::time::Duration;

pub const PASSWORD: &str = "correct zebra battery plum";

/// Lets every script ask for a while, and looks at what that cost the server.
pub async fn measured<S: Script>(
    server: &Server,
    scripts: Vec<S>,
    length: Duration,
) -> (Outcome, Vec<S>) {
    let before = server.processor_time();
    let (mut outcome, scripts) = load(&server.address, scripts, length).await;
    let calls = u32::try_from(outcome.calls).expect("they are few");
    let took = server.processor_time().saturating_sub(before);
    outcome.cost = took / calls.max(1);
    (outcome, scripts)
}

/// Always the same.
#[derive(Clone)]
pub struct Call(pub String);

impl Call {
    /// A protected call with that header, by that many clients.
    pub fn many(path: &str, credential: &str, clients: usize) -> Vec<Self> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{credential}\r\n\r\n");
        vec![Self(request); clients]
    }
}

impl Script for Call {
    fn ask(&mut self) -> String {
        self.0.clone()
    }

    fn hear(&mut self, _head: &str) {}
}

/// A browser that does nothing but refresh.
pub struct Tab {
    pub token: String,
    cookie: String,
}

impl Tab {
    pub async fn registers(address: &str, number: usize) -> Self {
        let (head, body) = once(address, &names_itself("register", number)).await;
        let token = body.split(r#""access_token":""#).nth(1);
        let token = token.and_then(|rest| rest.split('"').next());
        let mut tab = Self {
            token: token.expect("it is signed in").to_owned(),
            cookie: String::new(),
        };
        tab.hear(&head);
        tab
    }
}

impl Script for Tab {
    fn ask(&mut self) -> String {
        let cookie = &self.cookie;
        // Of the alphabet and the length that a browser's own has, and new each time.
        let attempt = &cookie[cookie.len() - 32..];
        format!(
            "POST /api/auth/refresh HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
             X-CSRF: 1\r\nRefresh-Attempt: {attempt}\r\nCookie: {cookie}\r\n\
             Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
        )
    }

    fn hear(&mut self, head: &str) {
        let cookie = header(head, "set-cookie").and_then(|cookie| cookie.split(';').next());
        cookie.expect("it is answered").clone_into(&mut self.cookie);
    }
}

/// Somebody who signs in again and again.
pub struct Person(pub usize);

impl Script for Person {
    fn ask(&mut self) -> String {
        names_itself("login", self.0)
    }

    fn hear(&mut self, _head: &str) {}
}

/// A request with a name and a password in it.
pub fn names_itself(operation: &str, number: usize) -> String {
    let body = format!(r#"{{"username":"bench-{number}","password":"{PASSWORD}"}}"#);
    format!(
        "POST /api/auth/{operation} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
