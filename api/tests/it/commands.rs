//! What somebody at the server's own terminal does.

mod names;
mod prompt;

use crate::program::{api, api_hears, one_line};
use crate::world::{PASSWORD, World};
use std::fs;
use tempfile::TempDir;

const DATABASE: &str = "data/countersign.db";

fn migrated() -> TempDir {
    let folder = TempDir::new().unwrap();
    for _ in 0..2 {
        let output = api(&folder, &["migrate"], &[]);
        assert!(output.status.success(), "again changes nothing: {output:?}");
    }
    folder
}

/// The server that runs on that database.
async fn on(folder: &TempDir) -> World {
    let url = format!("sqlite://{}", folder.path().join(DATABASE).display());
    let database = api::config::DatabaseUrl::parse(&url).unwrap();
    World::with(|config| config.database = database).await
}

#[tokio::test]
async fn an_account_is_made_at_the_terminal() {
    let folder = migrated();
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &fs::metadata(folder.path().join("data"))
            .unwrap()
            .permissions(),
    );
    assert_eq!(mode & 0o777, 0o700, "hashes are their owner's alone");
    let typed = format!("{PASSWORD}\n");
    let arguments = ["user", "create", "Root_1", "--role", "admin"];
    let creation = api_hears(&folder, &arguments, &typed);
    assert!(creation.status.success(), "{creation:?}");
    assert!(!String::from_utf8_lossy(&creation.stdout).contains(PASSWORD));
    let taken = api_hears(&folder, &arguments, &typed);
    assert!(one_line(&taken, 1).contains("taken"));

    let world = on(&folder).await;
    let mut root = world.browser();
    root.signs_in("root_1", PASSWORD).await.is(200);
    root.gets("/api/admin/users").await.is(200);
}

#[tokio::test]
async fn the_terminal_knows_the_same_rules() {
    let folder = migrated();
    for (name, typed, said) in [
        ("alice", "brief\n", "password: This is too short."),
        ("alice", "passwordpassword\n", "password: "),
        ("alice", "\n", "password: "),
        ("alice", "", "password: "),
        (
            "a",
            "correct zebra battery plum\n",
            "username: This is too short.",
        ),
        ("al ice", "correct zebra battery plum\n", "username: "),
        (
            ".alice",
            "correct zebra battery plum\n",
            "username: This must begin with a letter or a digit.",
        ),
    ] {
        let refused = api_hears(&folder, &["user", "create", name], typed);
        let line = one_line(&refused, 1);
        assert!(line.contains(said), "{line}");
        assert!(typed.len() < 2 || !line.contains(typed.trim()), "{line}");
    }
    for arguments in [["user", "disable", "nobody"], ["user", "enable", "nobody"]] {
        let refused = api(&folder, &arguments, &[]);
        assert!(one_line(&refused, 1).contains("nobody"));
    }
}

/// I-12: what is done to the database is felt by a server that runs on it.
#[tokio::test]
async fn who_is_disabled_at_the_terminal_is_out_of_a_running_server() {
    let folder = migrated();
    let world = on(&folder).await;
    let mut alice = world.person("alice").await;
    let disabled = api(&folder, &["user", "disable", "Alice"], &[]);
    assert!(disabled.status.success(), "{disabled:?}");
    let refused = alice.refreshes(None).await;
    refused
        .refused_as(401, "session_revoked")
        .because("disabled");
    hears(&world).await;
    let refused = alice.gets("/api/me").await;
    refused
        .refused_as(401, "session_revoked")
        .because("disabled");

    let enabled = api(&folder, &["user", "enable", "alice"], &[]);
    assert!(enabled.status.success(), "{enabled:?}");
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}

#[tokio::test]
async fn a_role_is_given_and_taken_at_the_terminal() {
    let folder = migrated();
    let world = on(&folder).await;
    let mut bob = world.person("bob").await;
    let given = api(&folder, &["user", "role", "bob", "admin"], &[]);
    assert!(given.status.success(), "{given:?}");
    bob.refreshes(None).await.is(200);
    bob.gets("/api/admin/users").await.is(200);
    let last = api(&folder, &["user", "role", "bob", "user"], &[]);
    assert!(one_line(&last, 1).contains("last administrator"));
    bob.gets("/api/admin/users").await.is(200);
    let unknown = api(&folder, &["user", "role", "bob", "root"], &[]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[tokio::test]
async fn sessions_are_ended_at_the_terminal() {
    let folder = migrated();
    let world = on(&folder).await;
    let mut alice = world.person("alice").await;
    let mut bob = world.person("bob").await;
    let ended = api(&folder, &["session", "end", "Alice"], &[]);
    assert_eq!(
        String::from_utf8_lossy(&ended.stdout),
        "1 sessions revoked\n"
    );
    let refused = alice.refreshes(None).await;
    refused
        .refused_as(401, "session_revoked")
        .because("ended_by_admin");
    bob.refreshes(None).await.is(200);
    alice.signs_in("alice", PASSWORD).await.is(200);
    let ended = api(&folder, &["session", "end", "--everyone"], &[]);
    assert_eq!(
        String::from_utf8_lossy(&ended.stdout),
        "2 sessions revoked\n"
    );
    hears(&world).await;
    for browser in [&mut alice, &mut bob] {
        let refused = browser.refreshes(None).await;
        refused.refused_as(401, "session_revoked");
        let refused = browser.gets("/api/me").await;
        refused
            .refused_as(401, "session_revoked")
            .because("ended_by_admin");
    }
    let unknown = api(&folder, &["session", "end", "nobody"], &[]);
    assert!(one_line(&unknown, 1).contains("nobody"));
    for arguments in [
        &["session", "end"][..],
        &["session", "end", "bob", "--everyone"],
    ] {
        assert_eq!(api(&folder, arguments, &[]).status.code(), Some(2));
    }
}

/// What the server does every second. The terminal lives by the machine's clock and this server by the
/// story's, which is weeks off; that does not matter.
async fn hears(world: &World) {
    let now = world.app.clock.now();
    world.app.deny.sync(&world.app.db, now).await.unwrap();
}
