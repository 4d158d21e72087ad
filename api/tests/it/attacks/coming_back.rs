//! Who is disabled asks the whole time to be enabled again: by several connections, and of a server
//! that has not heard yet.

use crate::place::Place;
use crate::program::api;
use crate::server::{Server, between};
use crate::world::{PASSWORD, World};
use api::auth::account::admin::update_from_cli;
use futures::future::{join, join_all};
use serde_json::json;
use shared::admin::UpdateUser;
use shared::role::Role;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Seldom enough that no limit is met, often enough that one falls into what a node has not heard of.
const PACE: Duration = Duration::from_millis(200);
/// Longer than a server takes to hear of what a terminal did.
const TIMEOUT: Duration = Duration::from_secs(20);
const REFUSED: &str = r#""code":"session_revoked""#;
const BACK: &str = r#"{"disabled":false}"#;

/// Each node has a connection of its own to the file, or a pool of its own to the server.
#[tokio::test]
async fn nobody_comes_back_by_one_of_four_connections_to_the_database() {
    let world = World::new().await;
    let admin = world.admin().await;
    world.person("mallory").await;
    let id = world.id_of("mallory").await;
    let change = |roles, disabled| UpdateUser { roles, disabled };
    let changes = async |change| {
        let now = world.app.clock.now();
        update_from_cli(&world.app.db, &id, change, now)
            .await
            .unwrap();
    };
    changes(change(Some(Role::ALL.to_vec()), None)).await;
    let others = [
        world.restarted().await,
        world.restarted().await,
        world.restarted().await,
    ];
    let path = format!("/api/admin/users/{id}");
    for _ in 0..8 {
        changes(change(None, Some(false))).await;
        let mut mallory = world.browser();
        mallory.signs_in("mallory", PASSWORD).await.is(200);
        let tries = others.iter().flat_map(|node| [node, node]).map(|node| {
            let (mallory, path) = (mallory.moved_to(node), &path);
            async move { mallory.patches(path, &json!({"disabled": false})).await }
        });
        let bar = json!({"disabled": true});
        let disabling = admin.patches(&path, &bar);
        let (disabled, tries) = join(disabling, join_all(tries)).await;
        disabled.is(200);
        for answer in tries {
            assert!(matches!(answer.status, 200 | 401), "{answer:#?}");
        }
        let late = mallory.moved_to(&others[0]);
        let refused = late.patches(&path, &json!({"disabled": false})).await;
        refused.refused_as(401, "session_revoked");
        let now = admin.gets(&path).await.is(200).json();
        assert_eq!(now["disabled"], true, "they came back");
    }
}

/// A running server, an administrator of it, and one who is about to be none.
struct Stage {
    server: Server,
    folder: TempDir,
    place: Place,
    root: String,
    mallory_id: String,
}

impl Stage {
    fn new() -> Self {
        let (folder, place) = (TempDir::new().unwrap(), Place::fresh());
        let url = place.url();
        let variables = [("DATABASE_URL", &*url), ("LOGIN_LIMIT", "1000")];
        assert!(api(&folder, &["migrate"], &variables[..1]).status.success());
        let mut stage = Self {
            server: Server::start_in(TempDir::new().unwrap(), &variables),
            folder,
            place,
            root: String::new(),
            mallory_id: String::new(),
        };
        for name in ["root_1", "mallory"] {
            let answer = stage.enters("register", name);
            between(&answer, r#""id":""#, "\"").clone_into(&mut stage.mallory_id);
            stage.operator(&["role", name, "admin"]);
        }
        stage.root = stage.signs_in("root_1");
        stage
    }

    fn operator(&self, arguments: &[&str]) {
        let arguments = [&["user"], arguments].concat();
        let done = api(
            &self.folder,
            &arguments,
            &[("DATABASE_URL", &self.place.url())],
        );
        assert!(done.status.success(), "{done:?}");
    }

    fn enters(&self, by: &str, name: &str) -> String {
        let body = format!(r#"{{"username":"{name}","password":"{PASSWORD}"}}"#);
        let answer = self.server.posts(&format!("/api/auth/{by}"), "", &body);
        assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
        answer
    }

    fn signs_in(&self, name: &str) -> String {
        between(&self.enters("login", name), r#""access_token":""#, "\"").to_owned()
    }

    /// What becomes of it when that administrator changes Mallory.
    fn changes(&self, token: &str, body: &str) -> String {
        let request = format!(
            "PATCH /api/admin/users/{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/json\r\nAuthorization: Bearer {token}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.mallory_id,
            body.len()
        );
        self.server.says(request.as_bytes())
    }

    /// Mallory asks in that rhythm until the server has heard and refuses it.
    fn tries(&self, token: &str, pace: Duration) {
        let began = Instant::now();
        while !self.changes(token, BACK).contains(REFUSED) {
            assert!(began.elapsed() < TIMEOUT, "it never hears of it");
            std::thread::park_timeout(pace);
        }
    }

    #[track_caller]
    fn stays_disabled(&self) {
        let request = format!(
            "GET /api/admin/users/{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Authorization: Bearer {}\r\n\r\n",
            self.mallory_id, self.root
        );
        let now = self.server.says(request.as_bytes());
        assert!(now.contains(r#""disabled":true"#), "they came back: {now}");
    }
}

/// The attack as it was made: one request each 0.2 s beside the terminal's command.
#[test]
fn who_is_disabled_at_the_terminal_does_not_come_back_by_a_running_server() {
    let stage = Stage::new();
    for _ in 0..6 {
        stage.operator(&["enable", "mallory"]);
        let token = stage.signs_in("mallory");
        std::thread::scope(|scope| {
            scope.spawn(|| stage.tries(&token, PACE));
            stage.operator(&["disable", "mallory"]);
        });
        stage.stays_disabled();
    }
}

#[test]
fn who_is_disabled_does_not_come_back_by_four_connections_that_ask_without_pause() {
    let stage = Stage::new();
    for _ in 0..8 {
        stage.operator(&["enable", "mallory"]);
        let token = stage.signs_in("mallory");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| stage.tries(&token, Duration::ZERO));
            }
            let disabled = stage.changes(&stage.root, r#"{"disabled":true}"#);
            assert!(disabled.starts_with("HTTP/1.1 200 "), "{disabled}");
        });
        stage.stays_disabled();
    }
}
