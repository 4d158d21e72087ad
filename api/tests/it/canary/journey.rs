//! What people do, what they do wrong, and what others try, at every endpoint.

use super::search::Secret;
use super::stage::{Stage, unique};
use super::visitor::{Visitor, form};
use super::wire::{Answer, Ask};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use shared::endpoint;

/// All of it.
pub fn of_everybody(stage: &mut Stage) {
    let password = stage.password("a password");
    let mut alice = Visitor::default();
    is(&alice.enters(stage, "register", "alice", &password), 201);
    is(&alice.enters(stage, "register", "alice", &password), 409);
    is(&alice.enters(stage, "login", "alice", &password), 200);
    wrong_sign_ins(stage);
    bodies_that_are_none(stage);
    strays(stage, &alice, &password);
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
fn is(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{} {}", answer.head, answer.body);
}

fn wrong_sign_ins(stage: &mut Stage) {
    let wrong = stage.password("a wrong password");
    let mut mallory = Visitor::default();
    is(&mallory.enters(stage, "login", "alice", &wrong), 401);
    is(&mallory.enters(stage, "login", "nobody", &wrong), 401);
    // In the field above, as happens to everybody once. It could be a name.
    let typed = unique();
    stage.knows(Secret::text("a password typed as a name", &typed));
    is(&mallory.enters(stage, "login", &typed, &wrong), 401);
    let weak = format!("alice{}", unique());
    stage.knows(Secret::text("a password that is refused", &weak));
    is(
        &mallory.enters(stage, "register", &weak, "mallory's own"),
        422,
    );
    is(
        &mallory.enters(stage, "register", "mallory", &weak[..11]),
        422,
    );
}

fn bodies_that_are_none(stage: &mut Stage) {
    let password = stage.password("a password in a bad body");
    let quoted = serde_json::to_string(&password).unwrap();
    let good = form("bob", &password);
    let huge = format!("{}{}", " ".repeat(17_000), good);
    for (body, content_type, status) in [
        (good[..good.len() - 1].to_owned(), "application/json", 400),
        (format!("{good}{quoted}"), "application/json", 400),
        (
            format!(r#"{{"username":"bob","password":[{quoted}]}}"#),
            "application/json",
            422,
        ),
        (
            format!(r#"{{"username":{{"password":{quoted}}}}}"#),
            "application/json",
            422,
        ),
        (
            format!(r#"{{"username":"bob","passwort":{quoted}}}"#),
            "application/json",
            422,
        ),
        (huge, "application/json", 413),
        (good.clone(), "text/plain", 415),
        (
            format!("username=bob&password={password}"),
            "application/x-www-form-urlencoded",
            415,
        ),
    ] {
        for path in ["/api/auth/login", "/api/auth/register"] {
            let headers = vec![
                ("Sec-Fetch-Site", "same-origin".to_owned()),
                ("Content-Type", content_type.to_owned()),
            ];
            let body = Some(body.clone());
            let ask = Ask {
                method: "POST",
                path,
                headers,
                body,
            };
            is(&stage.asks(&ask), status);
        }
    }
}

/// Credentials that are bad, or good and in the wrong place, at every endpoint.
fn strays(stage: &mut Stage, alice: &Visitor, password: &str) {
    let token = alice.token.clone().unwrap();
    let basic = STANDARD.encode(format!("alice:{password}"));
    let flipped = token[..token.len() - 4].to_owned() + "AAAA";
    let bearer = |token: &str| vec![("Authorization", format!("Bearer {token}"))];
    for endpoint in endpoint::ALL {
        let path = endpoint.with_id(&"0".repeat(32));
        let in_query = format!("{path}?access_token={token}");
        for (path, headers) in [
            (&path, vec![]),
            (&path, bearer(&flipped)),
            (&path, bearer(&token.replace('.', " "))),
            (&path, vec![("Authorization", format!("Basic {basic}"))]),
            (&path, vec![("Cookie", format!("refresh={token}"))]),
            (
                &path,
                vec![
                    ("Sec-Fetch-Site", "cross-site".to_owned()),
                    ("Cookie", format!("access={token}")),
                ],
            ),
            (&in_query, vec![]),
            (&in_query, bearer(&token)),
        ] {
            let body = Some("{}".to_owned()).filter(|_| endpoint.method.as_str() != "GET");
            let method = endpoint.method.as_str();
            stage.asks(&Ask {
                method,
                path,
                headers,
                body,
            });
        }
    }
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
    is(&alice.gets(stage, "/api/me"), 200);
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
    is(&alice.gets(stage, "/api/auth/session"), 200);
    is(&alice.gets(stage, "/api/me/sessions"), 200);
    is(&alice.gets(stage, &format!("{own}/events")), 200);
    is(&alice.asks(stage, "DELETE", &own, None), 204);
    is(&laptop.gets(stage, "/api/me"), 401);
    let all = Some(json!({ "scope": "all" }).to_string());
    is(&alice.asks(stage, "POST", "/api/auth/logout", all), 204);
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
