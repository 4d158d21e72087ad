//! `api user import`: all of a file, or nobody.

use super::{MADE_ELSEWHERE, PASSWORD, World};
use crate::program::{api, api_hears, one_line};
use std::fs;
use std::process::Output;
use tempfile::TempDir;

fn migrated() -> TempDir {
    let folder = TempDir::new().unwrap();
    assert!(api(&folder, &["migrate"], &[]).status.success());
    folder
}

async fn on(folder: &TempDir) -> World {
    let path = folder.path().join("data/countersign.db");
    let url = format!("sqlite://{}", path.display());
    let database = api::config::DatabaseUrl::parse(&url).unwrap();
    World::with(|config| config.database = database).await
}

fn line(name: &str, more: &str) -> String {
    let hash = MADE_ELSEWHERE[0];
    format!("{{\"username\":\"{name}\",\"password_hash\":\"{hash}\"{more}}}\n")
}

fn imports(folder: &TempDir, lines: &str) -> Output {
    fs::write(folder.path().join("people.jsonl"), lines).unwrap();
    api(folder, &["user", "import", "people.jsonl"], &[])
}

#[tokio::test]
async fn people_of_a_file_sign_in_with_what_they_had() {
    let folder = migrated();
    let lines = line("Alice", r#","display_name":" Älice ""#)
        + "\n"
        + &line("bob", r#","roles":["admin"]"#);
    let done = imports(&folder, &lines);
    assert!(done.status.success(), "{done:?}");
    assert_eq!(done.stdout, b"2 users imported\n");
    let done = api_hears(&folder, &["user", "import", "-"], line("carol", "").trim());
    assert_eq!(done.stdout, b"1 users imported\n");

    let world = on(&folder).await;
    let mut alice = world.browser();
    let entered = alice.signs_in("alice", PASSWORD).await.is(200).json();
    assert_eq!(entered["user"]["display_name"], "Älice");
    assert_eq!(entered["user"]["roles"], serde_json::json!(["user"]));
    let mut bob = world.browser();
    bob.signs_in("bob", PASSWORD).await.is(200);
    bob.gets("/api/admin/users").await.is(200);
    world.browser().signs_in("carol", PASSWORD).await.is(200);
}

#[tokio::test]
async fn one_bad_line_keeps_everybody_out_and_is_named() {
    let folder = migrated();
    let good = line("alice", "");
    let dear = line("bob", "").replace("$04$", "$31$");
    let md5 = r#"{"username":"bob","password_hash":"$1$salt$xxxxxxxxxxxxxxxxxxxxxx"}"#;
    for (bad, said) in [
        ("{".to_owned(), "line 2: this is not one JSON object"),
        (
            line("bob", r#","username":"eve""#),
            "line 2: this is not one JSON object",
        ),
        (r#"["bob","x"]"#.to_owned(), "line 2: body: "),
        (line("bo", ""), "line 2: username: This is too short."),
        (line("b b b", ""), "line 2: username: "),
        (
            line("bob", r#","age":3"#),
            "line 2: age: This field is not known here.",
        ),
        (line("bob", r#","roles":["root"]"#), "line 2: roles"),
        (line("bob", r#","roles":"admin""#), "line 2: roles"),
        (
            line("bob", r#","display_name":null"#),
            "line 2: display_name: ",
        ),
        (
            line("bob", r#","display_name":"a\u0007""#),
            "line 2: display_name: ",
        ),
        (
            r#"{"username":"bob"}"#.to_owned(),
            "line 2: password_hash: This is needed.",
        ),
        (
            md5.to_owned(),
            "line 2: password_hash: unknown password hash format",
        ),
        (
            dear,
            "line 2: password_hash: verifying this password hash would cost too much",
        ),
        (line("ALICE", ""), "line 2: alice is already in line 1"),
    ] {
        let refused = imports(&folder, &(good.clone() + &bad));
        let told = one_line(&refused, 1);
        assert!(told.contains(said), "{told}");
        assert!(!told.contains("$2b$") && !told.contains("xxxx"), "{told}");
    }
    let absent = api(&folder, &["user", "import", "nothing.jsonl"], &[]);
    assert!(one_line(&absent, 1).contains("the file cannot be read"));
    let world = on(&folder).await;
    world.browser().signs_in("alice", PASSWORD).await.is(401);
}

#[tokio::test]
async fn names_that_are_taken_are_named_and_nobody_is_imported() {
    let folder = migrated();
    let there = ["bob", "alice"].map(|name| line(name, "")).concat();
    assert!(imports(&folder, &there).status.success());
    let refused = imports(&folder, &(line("carol", "") + &there));
    let told = one_line(&refused, 1);
    assert!(told.contains("taken: alice, bob"), "{told}");

    let many = (0..1200).map(|number| line(&format!("person-{number}"), ""));
    let many = many.collect::<String>();
    assert_eq!(imports(&folder, &many).stdout, b"1200 users imported\n");
    let told = one_line(&imports(&folder, &(line("carol", "") + &many)), 1);
    assert!(told.contains("and 1180 more"), "{told}");
    let world = on(&folder).await;
    world.browser().signs_in("carol", PASSWORD).await.is(401);
}
