//! A browser's tab that speaks to a server that may be gone at any moment. It does what the client
//! machine does: the cookie and the attempt key stay until an answer is stored.

use crate::constants::PASSWORD;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer that takes longer never comes, for all that a person can tell.
const TIMEOUT: Duration = Duration::from_secs(20);

/// An answer that came whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    text: String,
}

impl Answer {
    /// It is that refusal.
    #[track_caller]
    pub fn refused_as(&self, status: u16, code: &str) {
        let says = self.text.contains(&format!(r#""code":"{code}""#));
        assert!(self.status == status && says, "{self:?}");
    }

    /// The service is away for now: nothing changed, nobody is signed out, and it says when to ask
    /// again (I-15).
    #[track_caller]
    pub fn is_away(&self) {
        self.refused_as(503, "unavailable");
        assert!(self.header("retry-after").is_some(), "{self:?}");
        assert!(self.header("set-cookie").is_none(), "{self:?}");
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let (head, _) = self.text().split_once("\r\n\r\n")?;
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }

    /// All of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn string(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.text().split_once(&format!(r#""{name}":""#))?;
        rest.split('"').next()
    }
}

/// A tab of somebody who is signed in.
#[derive(Clone)]
pub struct Tab {
    pub name: String,
    pub cookie: String,
    pub token: String,
    attempt: u32,
}

impl Tab {
    /// Somebody new.
    pub fn registers(address: &str, name: &str) -> Self {
        let mut tab = Self {
            name: name.to_owned(),
            cookie: String::new(),
            token: String::new(),
            attempt: 0,
        };
        let answer = tab.enters(address, "register", PASSWORD).unwrap();
        assert_eq!(answer.status, 201, "{answer:?}");
        tab
    }

    /// Signs in again; `None` where no whole answer came.
    pub fn enters(&mut self, address: &str, how: &str, password: &str) -> Option<Answer> {
        let body = format!(r#"{{"username":"{}","password":"{password}"}}"#, self.name);
        let answer = post(address, &format!("/api/auth/{how}"), "", &body)?;
        self.store(&answer);
        Some(answer)
    }

    /// Refreshes, in the attempt that is under way.
    pub fn refreshes(&mut self, address: &str) -> Option<Answer> {
        let (cookie, name, attempt) = (&self.cookie, &self.name, self.attempt);
        let brought =
            format!("Cookie: refresh-8000={cookie}\r\nRefresh-Attempt: {name}-{attempt}\r\n");
        let answer = post(address, "/api/auth/refresh", &brought, "{}")?;
        self.store(&answer);
        Some(answer)
    }

    /// It lives: whatever was lost on the way is made good by asking again.
    #[track_caller]
    pub fn lives(&mut self, address: &str) {
        let answer = self.refreshes(address).unwrap();
        assert_eq!(
            answer.status, 200,
            "{} is signed out: {answer:?}",
            self.name
        );
    }

    /// Its session is over, whatever asks for it.
    #[track_caller]
    pub fn is_over(&mut self, address: &str) {
        let refused = self.refreshes(address).unwrap();
        refused.refused_as(401, "session_revoked");
        let refused = self.calls(address).unwrap();
        assert_eq!(refused.status, 401, "{refused:?}");
    }

    /// Signs out.
    pub fn leaves(&self, address: &str) -> Option<Answer> {
        let brought = format!("Cookie: refresh-8000={}\r\n", self.cookie);
        post(address, "/api/auth/logout", &brought, "{}")
    }

    /// Changes the password.
    pub fn changes_password(&mut self, address: &str, to: &str) -> Option<Answer> {
        let bearer = format!("Authorization: Bearer {}\r\n", self.token);
        let body = format!(r#"{{"current_password":"{PASSWORD}","new_password":"{to}"}}"#);
        let answer = post(address, "/api/me/password", &bearer, &body)?;
        self.store(&answer);
        Some(answer)
    }

    /// A call that needs nothing but the access token.
    pub fn calls(&self, address: &str) -> Option<Answer> {
        let bearer = format!("Authorization: Bearer {}\r\n", self.token);
        get(address, "/api/auth/session", &bearer)
    }

    fn store(&mut self, answer: &Answer) {
        if !matches!(answer.status, 200 | 201) {
            return;
        }
        let cookie = answer.header("set-cookie").unwrap();
        let cookie = cookie.strip_prefix("refresh-8000=").unwrap();
        cookie
            .split(';')
            .next()
            .unwrap()
            .clone_into(&mut self.cookie);
        answer
            .string("access_token")
            .unwrap()
            .clone_into(&mut self.token);
        self.attempt += 1;
    }
}

fn post(address: &str, path: &str, headers: &str, body: &str) -> Option<Answer> {
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nX-CSRF: 1\r\n\
         {headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    exchange(address, &request)
}

/// Reads something.
pub fn get(address: &str, path: &str, headers: &str) -> Option<Answer> {
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n");
    exchange(address, &request)
}

fn exchange(address: &str, request: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(TIMEOUT)).unwrap();
    stream.write_all(request.as_bytes()).ok()?;
    let mut bytes = Vec::new();
    // Where the process dies, what came until then is not an answer.
    stream.read_to_end(&mut bytes).ok()?;
    let answer = Answer {
        status: std::str::from_utf8(bytes.get(9..12)?).ok()?.parse().ok()?,
        text: String::from_utf8(bytes).unwrap(),
    };
    let (_, body) = answer.text.split_once("\r\n\r\n")?;
    let length = answer.header("content-length");
    let whole = length.is_none_or(|length| length.parse() == Ok(body.len()));
    whole.then_some(answer)
}
