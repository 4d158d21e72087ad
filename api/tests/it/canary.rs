//! Secrets that nobody else has go through every endpoint of the real program, which logs all it can.
//! None of them is found afterwards: not in the log, not in the database, not in an answer that does
//! not have to bring it. I-24.

mod dump;
mod journey;
mod mistakes;
mod search;
mod stage;
mod visitor;
mod wire;

use search::{Place, Secret, leaks};
use stage::Stage;

#[track_caller]
fn keeps_its_secrets(algorithm: &'static str) {
    let mut stage = Stage::set(algorithm);
    journey::of_everybody(&mut stage);
    let (places, secrets) = stage.ends();
    let heard = |name: &str, text: &str| {
        let place = places.iter().find(|place| place.name == name).unwrap();
        assert!(place.text().contains(text), "{name} was not heard");
    };
    // What is searched is what the journey left.
    heard("the log", "/api/admin/activity");
    heard("the database", "$argon2id$");
    heard("the database", "sign_in_failed");
    assert!(places.len() > 60, "{} places", places.len());
    assert!(secrets.len() > 25, "{} secrets", secrets.len());
    let found = leaks(&places, &secrets);
    assert!(found.is_empty(), "{}", found.join("\n"));
    for place in places.iter().filter(|place| place.name != "the database") {
        assert!(
            !place.text().contains("$argon2"),
            "{} has a hash",
            place.name
        );
    }
}

#[test]
fn no_canary_leaves_a_program_that_signs_by_a_secret() {
    keeps_its_secrets("HS256");
}

#[test]
fn no_canary_leaves_a_program_that_signs_by_a_key_pair() {
    keeps_its_secrets("EdDSA");
}

/// A database that cannot be reached is an error that names it and does not say its password.
#[test]
fn no_password_of_a_database_is_in_an_error() {
    let password = stage::unique();
    let folder = tempfile::TempDir::new().unwrap();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    for url in [
        format!("postgres://countersign:{password}@{address}/countersign"),
        format!("postgres://countersign:{password}@[broken/countersign"),
        format!("postgres://countersign:{password}/or-so@{address}/countersign"),
        format!("postgres://countersign:{password}#or-so@{address}/countersign"),
        format!("mysql://countersign:{password}@{address}/countersign"),
    ] {
        let mut variables = crate::program::SECRETS.to_vec();
        variables.extend([("DATABASE_URL", url.as_str()), ("RUST_LOG", "trace")]);
        for arguments in [&["migrate"][..], &["serve"]] {
            let output = crate::program::api(&folder, arguments, &variables);
            assert!(!output.status.success() && !output.stderr.is_empty());
            let said = Place::of_bytes("the terminal", [output.stdout, output.stderr].concat());
            let secret = Secret::text("the password", &password);
            assert_eq!(leaks(&[said], &[secret]), [""; 0], "{url}");
        }
    }
}

/// The search can fail: whatever the spelling, and wherever it stands.
#[test]
fn a_planted_leak_is_found_in_every_spelling() {
    let secret = Secret::text("a password", "pass wörd \"7f3a\"");
    let token = Secret::text(
        "a token",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    );
    assert!(
        leaks(
            &[Place::new("a log", "nothing to see")],
            std::slice::from_ref(&secret)
        )
        .is_empty()
    );
    for planted in [
        "pass wörd \"7f3a\"",
        "PASS WöRD \"7F3A\"",
        r#"pass wörd \"7f3a\""#,
        "pass%20w%C3%B6rd%20%227f3a%22",
        "pass+w%c3%b6rd+%227f3a%22",
        "cGFzcyB3w7ZyZCAiN2YzYSI=",
        // Behind a name and a colon, as `Authorization: Basic` has it.
        "YWxpY2U6cGFzcyB3w7ZyZCAiN2YzYSI",
        "YWxpY2UxMjpwYXNzIHfDtnJkICI3ZjNhIg==",
        "706173732077c3b6726420223766336122",
        "706173732077C3B6726420223766336122",
        "[112, 97, 115, 115, 32, 119, 195, 182, 114, 100, 32, 34, 55, 102, 51, 97, 34]",
    ] {
        let place = Place::new("a log", &format!("level=TRACE body={planted} end"));
        let found = leaks(&[place], std::slice::from_ref(&secret));
        assert_eq!(found, ["a log holds a password"], "{planted}");
    }
    let blob = Place::of_bytes(
        "a file",
        b"\0\xff\x01SQLite pass w\xc3\xb6rd \"7f3a\"\0".to_vec(),
    );
    assert_eq!(leaks(&[blob], &[secret]), ["a file holds a password"]);
    let part = Place::new("a log", "claims=eyJzdWIiOiIxIn0 verified");
    assert_eq!(leaks(&[part], &[token]), ["a log holds a token"]);
}
