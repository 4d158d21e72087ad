use crate::program::{SECRETS, api, one_line};
use crate::server::{Server, between};
use crate::world::PASSWORD;
use std::process::Output;
use tempfile::TempDir;

/// The program in a folder where `keys` is the ring.
struct Operator {
    folder: TempDir,
    algorithm: &'static str,
}

impl Operator {
    fn new(algorithm: &'static str) -> Self {
        let folder = TempDir::new().unwrap();
        Self { folder, algorithm }
    }

    fn runs(&self, arguments: &[&str]) -> Output {
        let mut variables = vec![SECRETS[0], ("JWT_KEYS", "keys")];
        variables.push(("JWT_ALGORITHM", self.algorithm));
        api(&self.folder, arguments, &variables)
    }

    #[track_caller]
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.runs(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The ids in the list, in its order.
    fn ids(&self) -> Vec<String> {
        let list = self.says(&["key", "list"]);
        let first = |line: &str| line.split(' ').next().unwrap().to_owned();
        list.lines().map(first).collect()
    }
}

impl Operator {
    /// Types what the runbook says, with the newest key where it says which.
    fn follows(&self, call: &str) {
        let newest = call.contains("KID").then(|| self.ids().pop().unwrap());
        let call = call.replace("KID", &newest.unwrap_or_default());
        self.says(&call.split_whitespace().collect::<Vec<_>>());
    }
}

fn keys(server: &Server) -> String {
    let request =
        b"GET /.well-known/jwks.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    server.says(request)
}

/// Asks again and again, until the server saw what was done to the folder.
#[track_caller]
fn soon(server: &Server, is: impl Fn(&str) -> bool) {
    let seen = (0..20_000).any(|_| is(&keys(server)));
    assert!(seen, "{}", keys(server));
}

#[test]
fn a_running_server_follows_the_operator() {
    let operator = Operator::new("EdDSA");
    let first = operator.says(&["key", "rotate"]);
    assert!(first.contains("signs from now on"), "{first}");
    let path = operator.folder.path().join("keys");
    let server = Server::start(&[
        ("JWT_ALGORITHM", "EdDSA"),
        ("JWT_KEYS", path.to_str().unwrap()),
    ]);
    let body = format!(r#"{{"username":"alice","password":"{PASSWORD}"}}"#);
    let answer = server.posts("/api/auth/register", "", &body);
    let token = between(&answer, r#""access_token":""#, "\"").to_owned();
    let me = |token: &str| {
        let request = format!(
            "GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        server.says(request.as_bytes())
    };
    assert!(me(&token).starts_with("HTTP/1.1 200 "));

    let second = operator.says(&["key", "rotate", "--overlap", "2h"]);
    assert!(second.contains("is published and signs in 2h"), "{second}");
    let [first, second] = &operator.ids()[..] else {
        panic!("there are two");
    };
    soon(&server, |set| set.contains(first) && set.contains(second));
    assert!(me(&token).starts_with("HTTP/1.1 200 "));

    let gone = operator.says(&["key", "retire", first]);
    assert!(gone.contains("in its place"), "{gone}");
    soon(&server, |set| !set.contains(first));
    let refused = me(&token);
    assert!(refused.contains("invalid_token"), "{refused}");
    server.is_asked_to_stop();
    let (status, log) = server.ends();
    assert!(status.success(), "{log}");
    assert!(log.contains("the key ring changed"), "{log}");
}

#[test]
fn what_cannot_be_done_is_said_in_one_line() {
    let operator = Operator::new("EdDSA");
    for (arguments, code, said) in [
        (&["key", "list"][..], 2, "JWT_KEYS "),
        (&["key", "retire", "0123456789abcdef"], 2, "JWT_KEYS "),
        (&["key", "rotate", "--overlap", "soon"], 1, "--overlap "),
    ] {
        let line = one_line(&operator.runs(arguments), code);
        assert!(line.contains(said), "{line}");
    }
    operator.says(&["key", "rotate"]);
    for id in ["0123456789abcdef", "../keys", ""] {
        let line = one_line(&operator.runs(&["key", "retire", id]), 1);
        assert!(line.contains("no key with that id"), "{line}");
    }
    let bare = api(&operator.folder, &["key", "rotate"], &[SECRETS[0]]);
    assert!(one_line(&bare, 2).contains("JWT_KEYS is missing"));
}

#[test]
fn what_is_printed_tells_no_key() {
    for algorithm in ["HS256", "EdDSA"] {
        let operator = Operator::new(algorithm);
        let mut told = operator.says(&["key", "rotate"]);
        told += &operator.says(&["key", "list"]);
        let file = std::fs::read_dir(operator.folder.path().join("keys")).unwrap();
        let file = std::fs::read_to_string(file.last().unwrap().unwrap().path()).unwrap();
        let jwk: serde_json::Value = serde_json::from_str(&file).unwrap();
        let private = jwk["d"].as_str().or(jwk["k"].as_str()).unwrap();
        assert!(
            !told.contains(private) && !told.contains(SECRETS[0].1),
            "{told}"
        );
    }
}

/// Each line of the runbook that calls the program, in its order, a chapter a folder.
#[test]
fn the_runbook_is_what_the_program_does() {
    let page = include_str!("../../../../docs/keys.md");
    let mut ran = 0;
    for chapter in page.split("\n## ").skip(1) {
        let has_secret = chapter.contains("HS256");
        let operator = Operator::new(if has_secret { "HS256" } else { "EdDSA" });
        if !chapter.starts_with("A first key") {
            operator.says(&["key", "rotate"]);
        }
        for block in chapter.split("```sh\n").skip(1) {
            let (block, _) = block.split_once("```").unwrap();
            for line in block.lines() {
                let (_, call) = line.split_once("api ").expect(line);
                operator.follows(call);
                ran += 1;
            }
        }
    }
    assert!(ran >= 10, "the runbook calls the program {ran} times");
}
