//! `cargo xtask doctor` before a deployment that is well, and before many that are not: the real
//! program, and in front of it a proxy that spoils one thing.

mod deployment;
mod proxy;

use deployment::{Deployment, PASSWORD};
use proxy::Proxy;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn doctor(args: &[&str]) -> Output {
    let mut doctor = Command::new(env!("CARGO_BIN_EXE_xtask"));
    doctor
        .arg("doctor")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = doctor.spawn().expect("xtask runs");
    let mut stdin = child.stdin.take().expect("it is a pipe");
    // It listens only where a name was given.
    let _ = writeln!(stdin, "{PASSWORD}");
    drop(stdin);
    child.wait_with_output().expect("xtask ends")
}

/// What it says of an address; its exit code agrees, and each problem has a remedy.
#[track_caller]
fn says(url: &str, more: &[&str]) -> String {
    let mut args = vec!["--url", url];
    args.extend(more);
    let output = doctor(&args);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let code = i32::from(!problems(&text).is_empty());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}{said}");
    text
}

/// Each problem and its remedy.
#[track_caller]
fn problems(text: &str) -> Vec<(&str, &str)> {
    let lines: Vec<_> = text.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let what = pair[0].strip_prefix("PROBLEM ")?;
        let remedy = pair[1].trim_start().strip_prefix("-> ");
        Some((what, remedy.expect("a remedy follows")))
    });
    pairs.collect()
}

/// It finds that one problem, and the remedy says that.
#[track_caller]
fn one_problem(text: &str, what: &str, remedy: &str) {
    let [(found, said)] = problems(text)[..] else {
        panic!("there is one: {text}");
    };
    assert!(found.contains(what) && said.contains(remedy), "{text}");
}

#[test]
fn a_deployment_that_is_well_has_no_problem() {
    let well = Deployment::start(&[]);
    let text = says(&well.url, &["--as", "alice"]);
    assert!(text.ends_with(" 0 problems\n"), "{text}");
    for seen in [
        "the API is ready",
        "the server's clock agrees",
        "pages of this origin may ask for changes",
        "pages of other origins may not",
        "the refresh cookie reaches the API",
        "the wasm is served as application/wasm",
        "the wasm is compressed (br)",
        "the wasm is kept for good",
        "a session is refreshed by its cookie",
        "the API sees this machine as 127.0.0.1",
    ] {
        assert!(text.contains(&format!("ok      {seen}")), "{seen}: {text}");
    }
    assert!(!text.contains(PASSWORD) && !text.contains("-> "), "{text}");
}

#[test]
fn nobody_there_and_somebody_else_there_are_told_apart() {
    let gone = Proxy::bind().url();
    one_problem(&says(&gone, &[]), "curl 7", "nobody listens there");
    let stranger = Proxy::bind();
    let url = stranger.url();
    let _stranger = stranger.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    let what = "/healthz is answered with 200, not by the API";
    one_problem(&says(&url, &[]), what, "let the proxy pass");
}

#[test]
fn another_public_url_is_found() {
    let ill = Deployment::start(&[("PUBLIC_URL", "http://127.0.0.1:1")]);
    let remedy = format!("PUBLIC_URL={}", ill.url);
    let text = says(&ill.url, &[]);
    // The cookie's name follows the port of PUBLIC_URL, so it is another one, too.
    let problems = problems(&text);
    let (found, said) = problems[0];
    assert!(
        found.contains("foreign ones") && said.contains(&remedy),
        "{text}"
    );
    assert_eq!(problems.len(), 3, "{text}");
}

#[test]
fn who_believes_every_client_is_found() {
    let ill = Deployment::start(&[("TRUSTED_PROXIES", "0.0.0.0/0")]);
    let text = says(&ill.url, &["--as", "alice"]);
    one_problem(
        &text,
        "slip the limits",
        "only your proxies in TRUSTED_PROXIES",
    );
}

#[test]
fn who_cannot_sign_in_is_told_why() {
    let well = Deployment::start(&[]);
    let text = says(&well.url, &["--as", "nobody"]);
    one_problem(&text, "nobody cannot sign in: 401", "invalid_credentials");
}

#[test]
fn a_certificate_that_nobody_signed_is_found_and_the_rest_is_looked_at() {
    let ill = Deployment::with_tls();
    let text = says(&ill.url, &["--as", "alice"]);
    one_problem(&text, "curl 60", "browsers would warn");
    for seen in [
        "browsers are told to stay",
        "the certificate is good for two weeks",
        "the refresh cookie reaches",
    ] {
        assert!(text.contains(&format!("ok      {seen}")), "{seen}: {text}");
    }
}

/// What the proxy writes instead of what, what is found, and what helps.
#[rustfmt::skip]
const SPOILT: [(&str, &str, &str, &str); 10] = [
    ("GET /readyz ", "GET /api/no ", "not ready", "`api migrate`"),
    ("Cookie: ", "x-cookie: ", "does not reach the API", "pass Cookie on"),
    ("; HttpOnly", "", "the cookie reaches the browser as", "Set-Cookie"),
    ("application/wasm", "application/octet-stream", "served as application/octet", "application/wasm"),
    ("Accept-Encoding: ", "x-accept: ", "not compressed", "Accept-Encoding"),
    ("'wasm-unsafe-eval'", "'unsafe-inline'", "Content-Security-Policy", "STATIC_DIR"),
    ("cache-control: no-cache", "cache-control: public", "may keep the page", "`Cache-Control: no-cache`"),
    ("Origin: https://doctor.invalid", "Sec-Fetch-Site: same-origin", "other origins may ask", "Origin"),
    ("GET /metrics ", "GET /shown.txt ", "metrics are for everybody", "METRICS_LISTEN"),
    ("date: ", "date: Thu, 01 Jan 1970 00:00:00 GMT\r\nx-date: ", "s behind", "time synchronisation"),
];

#[test]
fn what_a_proxy_spoils_is_found() {
    let proxy = Proxy::bind();
    let url = proxy.url();
    let well = Deployment::start(&[("PUBLIC_URL", &url)]);
    let proxy = proxy.before(&well.address);
    assert_eq!(
        problems(&says(&url, &[])),
        [],
        "it spoils nothing by itself"
    );
    for (theirs, spoilt, what, remedy) in SPOILT {
        proxy.spoils(theirs, spoilt);
        one_problem(&says(&url, &[]), what, remedy);
    }
}

#[test]
fn a_machine_is_looked_at_and_each_finding_has_its_remedy() {
    let output = doctor(&[]);
    let text = String::from_utf8_lossy(&output.stdout);
    // Whoever could build this has a compiler.
    assert!(text.contains("ok      cc is there"), "{text}");
    let lines: Vec<_> = text.lines().collect();
    for pair in lines.windows(2).filter(|pair| pair[0].starts_with("note ")) {
        assert!(pair[1].trim_start().starts_with("-> "), "{text}");
    }
}

#[test]
fn what_is_no_origin_is_refused() {
    for args in [&["--url", "countersign.example"][..], &["--as", "alice"]] {
        assert_eq!(doctor(args).status.code(), Some(2), "{args:?}");
    }
}
