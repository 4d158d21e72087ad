//! Making an account, signing in, and changing what is one's own.

use crate::world::{PASSWORD, World};
use serde_json::json;

const ANOTHER: &str = "seven quiet harbour lamps";

#[tokio::test]
async fn a_new_account_is_signed_in() {
    let world = World::new().await;
    let mut alice = world.browser();
    let answer = alice.registers(" Alice ").await.is(201);
    let body = answer.json();
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], 900);
    assert_eq!(body["user"]["username"], "alice");
    assert_eq!(body["user"]["roles"], json!(["user"]));
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-Http-refresh="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000"));
    let facts = alice.gets("/api/auth/session").await.is(200).json();
    assert_eq!(facts["sub"], body["user"]["id"]);
    assert_eq!(facts["expires_in"], 900);
}

/// I-19.
#[tokio::test(flavor = "multi_thread")]
async fn parallel_registrations_of_one_name_make_one_user() {
    let world = World::new().await;
    let names = [
        "alice", "Alice", "ALICE", " alice", "aLiCe", "alice ", "alicE", "AlicE",
    ];
    let tries = names.map(|name| {
        let mut browser = world.browser();
        async move { browser.registers(name).await.status }
    });
    let mut statuses = futures::future::join_all(tries).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn a_bad_registration_names_every_field() {
    let world = World::new().await;
    let mut browser = world.browser();
    let body = json!({"username": "a", "password": "short"});
    let refused = browser.posts("/api/auth/register", &body).await;
    refused
        .refused_as(422, "validation_failed")
        .refuses("username", "too_short")
        .refuses("password", "too_short");
    for (password, rule) in [
        ("i am alice in chains", "contains_username"),
        ("qwertyuiop12", "common"),
        ("passwordpassword", "guessable"),
        ("aaaaaaaaaaaaaa", "monotonous"),
    ] {
        let body = json!({"username": "alice", "password": password});
        let refused = browser.posts("/api/auth/register", &body).await;
        refused
            .refused_as(422, "validation_failed")
            .refuses("password", rule);
    }
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_one_answer() {
    let world = World::new().await;
    world.person("alice").await;
    let mut browser = world.browser();
    let name = browser.signs_in("nobody", PASSWORD).await;
    let password = browser.signs_in("alice", ANOTHER).await;
    let challenge = Some(r#"Bearer realm="api""#);
    let name = name
        .refused_as(401, "invalid_credentials")
        .challenges(challenge);
    let password = password
        .refused_as(401, "invalid_credentials")
        .challenges(challenge);
    let body = |answer: &crate::answer::Answer| {
        let mut body = answer.json();
        body["request_id"].take();
        body
    };
    assert_eq!(body(&name), body(&password));
    assert_eq!(browser.cookie, None);
}

#[tokio::test]
async fn every_sign_in_is_a_new_session() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let before = alice.gets("/api/auth/session").await.json()["sid"].clone();
    alice.signs_in("ALICE", PASSWORD).await.is(200);
    let after = alice.gets("/api/auth/session").await.json()["sid"].clone();
    assert_ne!(before, after);
}

#[tokio::test]
async fn one_says_what_one_wants_to_be_called() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let named = alice
        .patches("/api/me", &json!({"display_name": " Älice "}))
        .await
        .is(200);
    assert_eq!(named.json()["display_name"], "Älice");
    assert_eq!(
        alice.patches("/api/me", &json!({})).await.is(200).json(),
        named.json()
    );
    let unnamed = alice
        .patches("/api/me", &json!({"display_name": ""}))
        .await
        .is(200);
    assert_eq!(unnamed.json().get("display_name"), None);
    assert_eq!(alice.gets("/api/me").await.is(200).json(), unnamed.json());
    let refused = alice
        .patches("/api/me", &json!({"display_name": "x".repeat(65)}))
        .await;
    refused
        .refused_as(422, "validation_failed")
        .refuses("display_name", "too_long");
}

/// I-12.
#[tokio::test]
async fn a_changed_password_ends_all_other_sessions_and_renews_this_one() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut phone = world.browser();
    phone.signs_in("alice", PASSWORD).await.is(200);
    let mut thief = alice.clone_cookies();
    let change = json!({"current_password": PASSWORD, "new_password": ANOTHER});
    alice.posts("/api/me/password", &change).await.is(200);
    alice.gets("/api/me").await.is(200);
    phone
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked");
    let ended = phone
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
    ended.because("password_changed");
    thief
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
    alice.refreshes(None).await.is(200);
    world
        .browser()
        .signs_in("alice", PASSWORD)
        .await
        .refused_as(401, "invalid_credentials");
    world.browser().signs_in("alice", ANOTHER).await.is(200);
}

#[tokio::test]
async fn a_password_is_not_changed_without_the_current_one() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let wrong = json!({"current_password": ANOTHER, "new_password": "nine pale river stones"});
    alice
        .posts("/api/me/password", &wrong)
        .await
        .refused_as(401, "invalid_credentials");
    let weak = json!({"current_password": PASSWORD, "new_password": "alice in the garden"});
    let refused = alice.posts("/api/me/password", &weak).await;
    refused
        .refused_as(422, "validation_failed")
        .refuses("new_password", "contains_username");
    let same = json!({"current_password": PASSWORD, "new_password": PASSWORD});
    let refused = alice.posts("/api/me/password", &same).await;
    refused
        .refused_as(422, "validation_failed")
        .refuses("new_password", "unchanged");
    alice.refreshes(None).await.is(200);
}
