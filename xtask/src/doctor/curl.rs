//! Asks a deployment as a browser would, by curl: a TLS of our own would take longer to compile than
//! all of xtask.

use super::address::Address;
use super::finding::{Finding, problem};
use crate::environment;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What is asked.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: &'a [(&'a str, &'a str)],
    pub body: Option<&'a str>,
}

/// What was answered.
#[derive(Debug, Default)]
pub struct Response {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

/// Why there was no answer.
#[derive(Debug)]
pub struct CurlError {
    /// curl's exit code.
    pub code: i32,
    /// Its words.
    pub said: String,
}

/// The program, and whom it asks.
pub struct Curl {
    program: PathBuf,
    pub address: Address,
    /// Whether the certificate was found wanting already, and the rest is to be seen all the same.
    pub trusts_anybody: bool,
}

impl<'a> Request<'a> {
    /// Reading.
    pub fn get(path: &'a str, headers: &'a [(&'a str, &'a str)]) -> Self {
        Self {
            method: "GET",
            path,
            headers,
            body: None,
        }
    }

    /// A change.
    pub fn post(path: &'a str, headers: &'a [(&'a str, &'a str)], body: &'a str) -> Self {
        Self {
            method: "POST",
            path,
            headers,
            body: Some(body),
        }
    }
}

impl Response {
    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(is, _)| is.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Whether it is an error of ours with that code.
    pub fn has_code(&self, code: &str) -> bool {
        self.body.contains(&format!("\"code\":\"{code}\""))
    }

    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut rest = &*text;
        loop {
            let (head, body) = rest.split_once("\r\n\r\n").unwrap_or((rest, ""));
            let mut lines = head.lines();
            let first = lines.next().unwrap_or_default();
            let status = first.split(' ').nth(1).and_then(|it| it.parse().ok());
            let status = status.unwrap_or_default();
            if (100..200).contains(&status) {
                rest = body;
                continue;
            }
            let headers = lines.filter_map(|line| line.split_once(':'));
            let owned = |(name, value): (&str, &str)| (name.to_owned(), value.trim().to_owned());
            return Self {
                status,
                headers: headers.map(owned).collect(),
                body: body.to_owned(),
            };
        }
    }
}

impl Curl {
    /// The one on the `PATH`.
    pub fn find(address: &Address) -> Result<Self, Finding> {
        let program = environment::on_path("curl").into_iter().next();
        let program = program
            .ok_or_else(|| problem("curl is not there", "`apt-get install curl` installs it"))?;
        Ok(Self {
            program,
            address: address.clone(),
            trusts_anybody: false,
        })
    }

    /// Asks. What is asked goes by a pipe: the arguments of a program are for all to read.
    pub fn send(&self, ask: &Request<'_>) -> Result<Response, CurlError> {
        let ran = self.run(&self.config(ask));
        let output = ran.map_err(|error| CurlError {
            code: -1,
            said: error.to_string(),
        })?;
        if output.status.success() {
            return Ok(Response::parse(&output.stdout));
        }
        Err(CurlError {
            code: output.status.code().unwrap_or(-1),
            said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }

    fn run(&self, config: &str) -> std::io::Result<std::process::Output> {
        let mut child = Command::new(&self.program)
            // Nothing that is configured for a person.
            .args(["--disable", "--config", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(config.as_bytes())?;
        }
        child.wait_with_output()
    }

    fn config(&self, ask: &Request<'_>) -> String {
        let url = format!("{}{}", self.address.as_str(), ask.path);
        let mut lines = vec![
            "silent\nshow-error\ninclude\nmax-time = 15\npath-as-is\ngloboff".to_owned(),
            option("url", &url),
            option("request", ask.method),
        ];
        if self.trusts_anybody {
            lines.push("insecure".to_owned());
        }
        for (name, value) in ask.headers {
            lines.push(option("header", &format!("{name}: {value}")));
        }
        if let Some(body) = ask.body {
            lines.push(option("header", "Content-Type: application/json"));
            lines.push(option("data-raw", body));
        }
        lines.join("\n")
    }
}

fn option(name: &str, value: &str) -> String {
    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("{name} = \"{value}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_answer_counts_and_names_have_no_case() {
        let answer = Response::parse(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/2 401\r\nDate: now\r\n\r\n{\"code\":\"a\"}",
        );
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("date"), Some("now"));
        assert!(answer.has_code("a") && !answer.has_code("b"));
    }

    #[test]
    fn a_value_cannot_end_its_option() {
        assert_eq!(option("header", "a\"b\\"), r#"header = "a\"b\\""#);
    }
}
