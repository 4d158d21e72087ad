//! A name is a value wherever it stands, also one that reads like an option. Such names are not
//! given any more; those that were given before must be within reach.

use super::{hears, migrated, on};
use crate::program::{api, api_hears, one_line};
use crate::world::PASSWORD;
use serde_json::json;

const NAME: &str = "--everyone";

#[tokio::test]
async fn a_name_like_an_option_is_not_given_any_more() {
    let world = crate::world::World::new().await;
    for name in [NAME, "-alice", "_alice", ".alice"] {
        let refused = world.browser().registers(name).await;
        refused
            .refused_as(422, "validation_failed")
            .refuses("username", "invalid_start");
    }
    let folder = migrated();
    let typed = format!("{PASSWORD}\n");
    let refused = api_hears(&folder, &["user", "create", "--", NAME], &typed);
    let line = one_line(&refused, 1);
    assert!(line.contains("begin with a letter or a digit"), "{line}");
    let file = json!({"username": NAME, "password_hash": "$2b$12$.."}).to_string();
    let refused = api_hears(&folder, &["user", "import", "-"], &file);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
}

#[tokio::test]
async fn commands_take_a_name_like_an_option_as_a_name() {
    let folder = migrated();
    let world = on(&folder).await;
    world.person("bob").await;
    let mut old = world.person("alice").await;
    let rename = format!("UPDATE users SET username = '{NAME}' WHERE username = 'alice'");
    world.sql(&rename).await;

    let ended = api(&folder, &["session", "end", "--", NAME], &[]);
    let said = String::from_utf8_lossy(&ended.stdout);
    assert_eq!(said, "1 sessions revoked\n", "not bob's: {ended:?}");
    hears(&world).await;
    old.gets("/api/me").await.refused_as(401, "session_revoked");
    old.signs_in(NAME, PASSWORD).await.is(200);
    for command in [
        &["user", "disable", "--", NAME][..],
        &["user", "enable", "--", NAME],
        &["user", "role", "--", NAME, "admin"],
    ] {
        let changed = api(&folder, command, &[]);
        let said = String::from_utf8_lossy(&changed.stdout);
        assert!(said.starts_with("updated user --everyone;"), "{changed:?}");
    }
    for command in [["user", "disable", NAME], ["user", "enable", NAME]] {
        let refused = api(&folder, &command, &[]);
        assert_eq!(refused.status.code(), Some(2), "no guess: {refused:?}");
    }
}

/// Everywhere that somebody reads how it is done.
#[test]
fn the_documents_write_names_behind_two_dashes() {
    let documents = [
        include_str!("../../../../README.md"),
        include_str!("../../../../docs/runbook.md"),
    ];
    for line in documents.iter().flat_map(|document| document.lines()) {
        let commands = ["api user create", "api user role", "api user disable"];
        let mut commands = commands
            .iter()
            .chain(&["api user enable", "api session end"]);
        let named = commands.any(|command| line.contains(command)) && line.contains("NAME");
        assert!(!named || line.contains("-- NAME"), "{line}");
    }
}
