//! Looking after other people's accounts.

use crate::world::{PASSWORD, World};
use serde_json::{Value, json};

async fn id(admin: &crate::browser::Browser<'_>, name: &str) -> String {
    let path = format!("/api/admin/users?search={name}");
    let page = admin.gets(&path).await.is(200).json();
    page["users"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn people_are_listed_in_every_order_page_by_page() {
    let world = World::new().await;
    let admin = world.admin().await;
    for name in ["carol", "alice", "bob"] {
        world.passes(1);
        world.person(name).await;
    }
    world.passes(1);
    // Two of one moment: their ids decide, and nobody is left out.
    world.person("erin").await;
    world.person("dave").await;
    for (sort, expected) in [
        ("", "admin alice bob carol dave erin"),
        ("username", "admin alice bob carol dave erin"),
        ("-username", "erin dave carol bob alice admin"),
        ("created_at", "admin carol alice bob"),
        ("-created_at", ""),
    ] {
        let mut seen = Vec::new();
        let mut after = String::new();
        loop {
            let sorted = if sort.is_empty() {
                String::new()
            } else {
                format!("&sort={sort}")
            };
            let path = format!("/api/admin/users?limit=1{sorted}{after}");
            let page = admin.gets(&path).await.is(200).json();
            let user = &page["users"][0];
            seen.push(user["username"].as_str().unwrap().to_owned());
            let Some(next) = page["next"].as_str() else {
                break;
            };
            after = format!("&after={next}");
        }
        assert_eq!(seen.len(), 6, "{sort}: {seen:?}");
        if sort == "-created_at" {
            seen.reverse();
            assert_eq!(seen[..4].join(" "), "admin carol alice bob");
        }
        assert!(seen.join(" ").starts_with(expected), "{sort}: {seen:?}");
    }
    for (bad, field) in [
        ("sort=name", "sort"),
        ("sort=", "sort"),
        ("after=bob", "after"),
    ] {
        let refused = admin.gets(&format!("/api/admin/users?{bad}")).await;
        refused
            .refused_as(422, "validation_failed")
            .refuses(field, "wrong_type");
    }
    let nobody = format!("/api/admin/users?after={}", "0".repeat(32));
    let page = admin.gets(&nobody).await.is(200).json();
    assert_eq!(page["users"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn people_are_listed_by_name_in_pages() {
    let world = World::new().await;
    let admin = world.admin().await;
    for name in ["carol", "alice", "bob_1", "bobx1"] {
        world.person(name).await;
    }
    let names = |page: &Value| -> Vec<String> {
        let users = page["users"].as_array().unwrap();
        users
            .iter()
            .map(|user| user["username"].as_str().unwrap().to_owned())
            .collect()
    };
    let first = admin.gets("/api/admin/users?limit=2").await.is(200).json();
    assert_eq!(names(&first), ["admin", "alice"]);
    assert_eq!(first["users"][1]["live_sessions"], 1);
    let next = first["next"].as_str().unwrap();
    let path = format!("/api/admin/users?limit=3&after={next}");
    let second = admin.gets(&path).await.is(200).json();
    assert_eq!(names(&second), ["bob_1", "bobx1", "carol"]);
    assert_eq!(second.get("next"), None);
    let found = admin
        .gets("/api/admin/users?search=B_1")
        .await
        .is(200)
        .json();
    assert_eq!(names(&found), [""; 0], "it is how a name begins");
    for (begins, who) in [
        ("BO", &["bob_1", "bobx1"][..]),
        ("bob_", &["bob_1"]),
        ("bob%25", &[]),
        ("bobx1", &["bobx1"]),
    ] {
        for sort in ["username", "-created_at"] {
            let path = format!("/api/admin/users?search={begins}&sort={sort}");
            let mut found = names(&admin.gets(&path).await.is(200).json());
            found.sort();
            assert_eq!(found, who, "{path}");
        }
    }
    for bad in ["limit=0", "limit=101", "limit=x", "limit=-1"] {
        let refused = admin.gets(&format!("/api/admin/users?{bad}")).await;
        refused
            .refused_as(422, "validation_failed")
            .refuses("limit", "wrong_type");
    }
}

/// I-12.
#[tokio::test]
async fn a_disabled_person_is_out_at_once_and_stays_out() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut alice = world.person("alice").await;
    let path = format!("/api/admin/users/{}", id(&admin, "alice").await);
    let user = admin
        .patches(&path, &json!({"disabled": true}))
        .await
        .is(200)
        .json();
    assert_eq!(
        (&user["disabled"], &user["live_sessions"]),
        (&json!(true), &json!(0))
    );
    alice
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked")
        .because("disabled");
    alice
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked")
        .because("disabled");
    let refused = world.browser().signs_in("alice", PASSWORD).await;
    refused.refused_as(401, "invalid_credentials");
    admin
        .patches(&path, &json!({"disabled": false}))
        .await
        .is(200);
    alice
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}

/// I-12.
#[tokio::test]
async fn a_role_that_is_taken_away_takes_its_sessions_along() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut bob = world.person("bob").await;
    let path = format!("/api/admin/users/{}", id(&admin, "bob").await);
    admin
        .patches(&path, &json!({"roles": ["user", "admin"]}))
        .await
        .is(200);
    bob.gets("/api/admin/users")
        .await
        .refused_as(403, "insufficient_scope");
    bob.refreshes(None).await.is(200);
    bob.gets("/api/admin/users").await.is(200);
    admin
        .patches(&path, &json!({"roles": ["user"]}))
        .await
        .is(200);
    let refused = bob.gets("/api/admin/users").await;
    refused
        .refused_as(401, "session_revoked")
        .because("roles_changed");
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let world = World::new().await;
    let admin = world.admin().await;
    let path = format!("/api/admin/users/{}", id(&admin, "admin").await);
    for change in [json!({"disabled": true}), json!({"roles": ["user"]})] {
        admin
            .patches(&path, &change)
            .await
            .refused_as(409, "last_admin");
    }
    admin.gets("/api/admin/users").await.is(200);
    let refused = admin.patches(&path, &json!({"roles": ["admin"]})).await;
    refused
        .refused_as(422, "validation_failed")
        .refuses("roles", "required");
}

#[tokio::test]
async fn an_administrator_ends_a_persons_sessions() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut alice = world.person("alice").await;
    let id = id(&admin, "alice").await;
    admin
        .deletes(&format!("/api/admin/users/{id}/sessions"))
        .await
        .is(204);
    let ended = alice
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
    ended.because("ended_by_admin");
    let user = admin
        .gets(&format!("/api/admin/users/{id}"))
        .await
        .is(200)
        .json();
    assert_eq!(user["live_sessions"], 0);
    for path in ["/api/admin/users/nobody", "/api/admin/users/%00"] {
        admin.gets(path).await.refused_as(404, "not_found");
    }
    admin
        .deletes("/api/admin/users/nobody/sessions")
        .await
        .refused_as(404, "not_found");
    admin
        .patches("/api/admin/users/nobody", &json!({}))
        .await
        .refused_as(404, "not_found");
}
