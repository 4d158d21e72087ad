//! A whole sign-in with an account of yours, which shows what no stranger can: whether the tokens
//! travel, and which address the API believes to be the client's.

use super::cookie;
use super::curl::{Curl, Request, Response};
use super::finding::{Finding, fine, problem};
use crate::json::{find, text};
use std::io::BufRead;

/// Documentation's own (RFC 5737): nobody comes from there.
const MADE_UP: &str = "203.0.113.77";
const OURS: (&str, &str) = ("Sec-Fetch-Site", "same-origin");

/// What is found. The password is read from standard input, one line.
pub fn examine(curl: &Curl, name: &str) -> anyhow::Result<Vec<Finding>> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    let body = format!(
        r#"{{"username":{},"password":{}}}"#,
        text(name),
        text(password)
    );
    // Who believes this believes anybody.
    let headers = [OURS, ("X-Forwarded-For", MADE_UP)];
    let answer = curl.send(&Request::post("/api/auth/login", &headers, &body));
    let answer = answer.unwrap_or_default();
    let Some(held) = cookie_of(curl, &answer) else {
        let what = format!("{name} cannot sign in: {}", answer.status);
        let said = find(&answer.body, "code").unwrap_or("the answer has no cookie");
        return Ok(vec![problem(what, format!("the API says {said}"))]);
    };
    Ok(signed_in(curl, &held))
}

fn signed_in(curl: &Curl, held: &str) -> Vec<Finding> {
    let headers = [OURS, ("X-CSRF", "1"), ("Cookie", held)];
    let answer = curl.send(&Request::post("/api/auth/refresh", &headers, "{}"));
    let answer = answer.unwrap_or_default();
    let mut findings = vec![if answer.status == 200 {
        fine("a session is refreshed by its cookie")
    } else {
        problem(
            format!("a session is not refreshed: {}", answer.status),
            "let the proxy pass Cookie and Set-Cookie on as they are",
        )
    }];
    let held = cookie_of(curl, &answer).unwrap_or_else(|| held.to_owned());
    let token = find(&answer.body, "access_token").unwrap_or_default();
    findings.extend(seen_from(curl, token));
    let headers = [OURS, ("X-CSRF", "1"), ("Cookie", &*held)];
    // It ends the session; where it cannot, the findings above say why.
    let _ = curl.send(&Request::post("/api/auth/logout", &headers, "{}"));
    findings
}

fn seen_from(curl: &Curl, token: &str) -> Vec<Finding> {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", &*bearer)];
    let answer = curl.send(&Request::get("/api/me/sessions", &headers));
    let answer = answer.unwrap_or_default();
    let is_own = |session: &&str| session.contains("\"current\":true");
    let Some(own) = answer.body.split('{').find(is_own) else {
        return vec![problem(
            format!("the access token is not taken: {}", answer.status),
            "let the proxy pass Authorization on as it is",
        )];
    };
    let ip = find(own, "ip").unwrap_or_default();
    vec![fine("the access token is taken"), address(curl, ip)]
}

fn address(curl: &Curl, ip: &str) -> Finding {
    let is_loopback = ip.starts_with("127.") || ip == "::1";
    if ip == MADE_UP {
        return problem(
            "any client can say where it comes from, and so slip the limits on guessing",
            "name only your proxies in TRUSTED_PROXIES, let them replace X-Forwarded-For, and let nobody reach the API past them",
        );
    }
    if is_loopback && !curl.address.is_loopback() {
        return problem(
            format!("everybody comes from {ip}, which is the proxy"),
            "name it in TRUSTED_PROXIES, and let it set X-Forwarded-For",
        );
    }
    fine(format!("the API sees this machine as {ip}"))
}

/// `name=value` of the refresh cookie that was set.
fn cookie_of(curl: &Curl, answer: &Response) -> Option<String> {
    let set = answer.header("set-cookie")?;
    let pair = set.split(';').next()?;
    let (name, value) = pair.split_once('=')?;
    (name == cookie::name(curl) && !value.is_empty()).then(|| pair.to_owned())
}
