//! What people do at every endpoint, and what others try.

use super::mistakes;
use super::stage::Stage;
use super::visitor::Visitor;
use super::wire::Answer;
use serde_json::json;
use shared::endpoint::{self, Endpoint, Guard, Method};

/// All of it.
pub fn of_everybody(stage: &mut Stage) {
    let password = stage.password("a password");
    let mut alice = Visitor::default();
    is(&alice.enters(stage, "register", "alice", &password), 201);
    is(&alice.enters(stage, "register", "alice", &password), 409);
    is(&alice.enters(stage, "login", "alice", &password), 200);
    mistakes::wrong_sign_ins(stage);
    mistakes::bodies_that_are_none(stage);
    mistakes::strays(stage, &alice, &password);
    a_theft(stage, &password);
    an_account(stage, alice, &password);
    an_office(stage);
    for path in [
        "/healthz",
        "/readyz",
        "/.well-known/jwks.json",
        "/api/openapi.json",
        "/api/docs",
    ] {
        is(&Visitor::default().gets(stage, path), 200);
    }
}

#[track_caller]
pub fn is(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{} {}", answer.head, answer.body);
}

/// Somebody copies the cookie, and both use it.
fn a_theft(stage: &mut Stage, password: &str) {
    let mut owner = Visitor::default();
    is(&owner.enters(stage, "login", "alice", password), 200);
    let mut thief = owner.clone();
    let refresh = |who: &mut Visitor, stage: &mut Stage| {
        who.asks(stage, "POST", "/api/auth/refresh", Some("{}".to_owned()))
    };
    is(&refresh(&mut owner, stage), 200);
    is(&refresh(&mut owner, stage), 200);
    is(&refresh(&mut thief, stage), 401);
    is(&refresh(&mut owner, stage), 401);
    is(&owner.gets(stage, "/api/me"), 401);
}

fn an_account(stage: &mut Stage, mut alice: Visitor, password: &str) {
    let named = json!({ "display_name": "Alice" }).to_string();
    is(&alice.asks(stage, "PATCH", "/api/me", Some(named)), 200);
    let next = stage.password("the next password");
    let change = |current: &str, new: &str| {
        Some(json!({ "current_password": current, "new_password": new }).to_string())
    };
    let path = "/api/me/password";
    let wrong = stage.password("a wrong current password");
    is(&alice.asks(stage, "POST", path, change(&wrong, &next)), 401);
    is(
        &alice.asks(stage, "POST", path, change(password, "brief")),
        422,
    );
    is(
        &alice.asks(stage, "POST", path, change(password, &next)),
        200,
    );
    let mut laptop = Visitor::default();
    is(&laptop.enters(stage, "login", "alice", &next), 200);
    let sid = session_of(stage, &mut laptop);
    let own = format!("/api/me/sessions/{sid}");
    for endpoint in own_pages() {
        is(&alice.gets(stage, endpoint.path), 200);
    }
    is(&alice.gets(stage, &format!("{own}/events")), 200);
    is(&alice.asks(stage, "DELETE", &own, None), 204);
    is(&laptop.gets(stage, "/api/me"), 401);
    let all = Some(json!({ "scope": "all" }).to_string());
    is(&alice.asks(stage, "POST", "/api/auth/logout", all), 204);
}

/// What everybody who is signed in can read, whatever is added to it.
fn own_pages() -> impl Iterator<Item = &'static Endpoint> {
    let reads =
        |endpoint: &&Endpoint| endpoint.method == Method::Get && !endpoint.path.contains('{');
    let own = endpoint::ALL.iter().filter(reads);
    own.filter(|endpoint| endpoint.guard == Guard::Bearer)
}

fn session_of(stage: &mut Stage, who: &mut Visitor) -> String {
    let facts = who.gets(stage, "/api/auth/session");
    let facts: serde_json::Value = serde_json::from_str(&facts.body).unwrap();
    facts["sid"].as_str().unwrap().to_owned()
}

/// An administrator, who was made at the terminal, looks after somebody.
fn an_office(stage: &mut Stage) {
    let password = stage.password("an administrator's password");
    stage.terminal(&["user", "create", "root", "--role", "admin"], &password);
    let bobs = stage.password("bob's password");
    let mut bob = Visitor::default();
    let made = bob.enters(stage, "register", "bob", &bobs);
    let made: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    let user = format!("/api/admin/users/{}", made["user"]["id"].as_str().unwrap());
    let mut root = Visitor::default();
    is(&root.enters(stage, "login", "root", &password), 200);
    for path in [
        "/api/admin/users",
        &user,
        "/api/admin/events",
        "/api/admin/activity",
    ] {
        is(&bob.gets(stage, path), 403);
        is(&root.gets(stage, path), 200);
    }
    is(
        &root.asks(stage, "DELETE", &format!("{user}/sessions"), None),
        204,
    );
    let barred = Some(json!({ "disabled": true }).to_string());
    is(&root.asks(stage, "PATCH", &user, barred), 200);
    is(&bob.enters(stage, "login", "bob", &bobs), 401);
    is(
        &root.asks(stage, "POST", "/api/auth/logout", Some("{}".to_owned())),
        204,
    );
}
