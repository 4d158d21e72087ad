//! Leaving: this session, the others, or all.

use crate::browser::{Browser, send};
use crate::world::{PASSWORD, World};
use poem::http::Method;

async fn another<'w>(world: &'w World, name: &str) -> Browser<'w> {
    let mut browser = world.browser();
    browser.signs_in(name, PASSWORD).await.is(200);
    browser
}

/// Source: artifact-keeper#1811.
#[tokio::test]
async fn logout_kills_access_tokens() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut thief = alice.clone_cookies();
    let left = alice.signs_out("this").await.is(204);
    assert_eq!(
        left.header("set-cookie"),
        Some("__Host-Http-refresh=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
    );
    let refused = alice
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked");
    refused.because("signed_out");
    thief
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
}

#[tokio::test]
async fn logging_out_again_changes_nothing() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut again = alice.clone();
    alice.signs_out("this").await.is(204);
    again.signs_out("this").await.is(204);
    world.browser().signs_out("this").await.is(204);
}

/// Source: supabase/auth-js#75.
#[tokio::test]
async fn logout_scopes_are_explicit() {
    let world = World::new().await;
    let mut here = world.person("alice").await;
    let mut there = another(&world, "alice").await;
    let mut bob = world.person("bob").await;
    let kept = here.signs_out("others").await.is(204);
    assert_eq!(kept.header("set-cookie"), None);
    there
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
    here.refreshes(None).await.is(200);

    let mut there = another(&world, "alice").await;
    here.signs_out("all").await.is(204);
    here.gets("/api/me")
        .await
        .refused_as(401, "session_revoked");
    there
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked");
    there
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
    bob.refreshes(None).await.is(200);
}

#[tokio::test]
async fn an_expired_access_token_still_signs_its_own_session_out() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut other = another(&world, "alice").await;
    world.passes(901);
    let token = format!("Bearer {}", alice.token.clone().unwrap());
    let headers = [
        ("authorization", token),
        ("content-type", "application/json".to_owned()),
    ];
    let path = "/api/auth/logout";
    let body = r#"{"scope":"this"}"#;
    send(&world, Method::POST, path, &headers, body)
        .await
        .is(204);
    alice
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked");
    other.refreshes(None).await.is(200);
}

#[tokio::test]
async fn one_session_is_ended_from_the_list() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let mut phone = another(&world, "alice").await;
    let bob = world.person("bob").await;
    let list = alice.gets("/api/me/sessions").await.is(200).json();
    let sessions = list["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let theirs = sessions
        .iter()
        .find(|session| session["current"] == false)
        .unwrap();
    let path = format!("/api/me/sessions/{}", theirs["id"].as_str().unwrap());
    bob.deletes(&path).await.refused_as(404, "not_found");
    alice.deletes(&path).await.is(204);
    alice.deletes(&path).await.refused_as(404, "not_found");
    phone
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked")
        .because("ended");
    alice
        .deletes("/api/me/sessions/nonsense")
        .await
        .refused_as(404, "not_found");
}
