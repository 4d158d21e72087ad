//! What is asked wrongly is answered in one line, with exit code 2.

use std::process::{Command, Output};

fn xtask(args: &[&str]) -> Output {
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    xtask.args(args).output().expect("xtask runs")
}

#[track_caller]
fn refused(args: &[&str], why: &str) {
    let output = xtask(args);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains(why), "{text}");
}

#[test]
fn what_is_not_known_is_refused_with_what_is() {
    refused(&["tset"], "there are dev, test");
    refused(&["dev", "--prot"], "there are --no-open");
    refused(&["dev", "--port", "none"], "a port from 1 to 65535");
    refused(&["tidy", "now"], "no flags");
}

#[test]
fn no_verb_is_a_question() {
    let output = xtask(&[]);
    assert!(output.status.success());
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("  dev [--port N]"), "{text}");
}

#[test]
fn a_taken_port_is_named_with_the_way_out() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    // Whatever else runs on this machine: the other port is one that nobody listens on.
    let free = free_port();
    for (flag, other) in [("--port", "--api-port"), ("--api-port", "--port")] {
        let output = xtask(&["dev", "--no-open", flag, &port, other, &free]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert_eq!(
            text.trim(),
            format!("error: port {port} is taken; choose another with {flag}")
        );
    }
}

fn free_port() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it is bound").port();
    port.to_string()
}
