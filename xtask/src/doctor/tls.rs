//! How long the certificate is good, and whether browsers are told to stay with https.

use super::curl::{Curl, Request};
use super::finding::{Finding, fine, note, problem};
use crate::environment;
use std::process::{Command, Stdio};

/// Two weeks: most renew thirty days before the end, so by then something is broken.
const SOON: &str = "1209600";

/// What is found; nothing over plain http.
pub fn examine(curl: &Curl) -> Vec<Finding> {
    if !curl.address.is_https() {
        return Vec::new();
    }
    vec![expiry(curl), stays(curl)]
}

fn stays(curl: &Curl) -> Finding {
    let answer = curl
        .send(&Request::get("/healthz", &[]))
        .unwrap_or_default();
    if answer.header("strict-transport-security").is_some() {
        return fine("browsers are told to stay with https");
    }
    problem(
        "Strict-Transport-Security does not reach the browser",
        "set PUBLIC_URL to the https address, and let the proxy pass the header on",
    )
}

fn expiry(curl: &Curl) -> Finding {
    if environment::on_path("openssl").is_empty() {
        let remedy = "`apt-get install openssl` installs it";
        return note(
            "nobody knows how long the certificate is good: no openssl",
            remedy,
        );
    }
    match ends_soon(curl) {
        Some(false) => fine("the certificate is good for two weeks and more"),
        Some(true) => problem(
            "the certificate ends within two weeks",
            "renew it; new files are taken while the server runs, a proxy may want a reload",
        ),
        None => note(
            "the certificate could not be read",
            "look at it with `openssl s_client`",
        ),
    }
}

/// `None` where there is no certificate to read.
fn ends_soon(curl: &Curl) -> Option<bool> {
    let mut talk = Command::new("openssl")
        .args(["s_client", "-connect", &curl.address.tls()])
        .args(["-servername", curl.address.host()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let judged = Command::new("openssl")
        .args(["x509", "-noout", "-checkend", SOON])
        .stdin(talk.stdout.take()?)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let _ = talk.wait();
    let said = String::from_utf8_lossy(&judged.stdout);
    let said_so = |words| said.contains(words);
    match (said_so("will not expire"), said_so("will expire")) {
        (true, _) => Some(false),
        (false, true) => Some(true),
        (false, false) => None,
    }
}
