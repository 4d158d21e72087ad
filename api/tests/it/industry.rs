//! Failures of other systems that the API alone can show, by their names in docs/industry-bugs.md.

use crate::world::{PASSWORD, World};
use api::config::PublicUrl;
use serde_json::{Value, json};
use shared::claims::AccessClaims;
use shared::role::Role;

/// Seen in supabase/auth-helpers#443: nobody could say why people were signed out.
#[tokio::test]
async fn reasons_are_recorded() {
    let world = World::new().await;
    let admin = world.admin().await;
    let mut alice = world.person("alice").await;
    let mut thief = alice.clone_cookies();
    alice.refreshes(None).await.is(200);
    world.passes(11);
    thief
        .refreshes(None)
        .await
        .refused_as(401, "refresh_reused");
    world.passes(1);
    alice.signs_in("alice", PASSWORD).await.is(200);
    alice.signs_out("this").await.is(204);
    let ended = admin.gets("/api/admin/events?kind=ended").await.is(200);
    let ended = ended.json()["events"].as_array().unwrap().clone();
    let reasons: Vec<_> = ended.iter().map(|event| event["reason"].clone()).collect();
    assert_eq!(reasons, [json!("signed_out"), json!("reused")]);
}

/// What a browser is told to keep.
async fn cookie(world: &World) -> String {
    let mut alice = world.browser();
    let answer = alice.registers("alice").await.is(201);
    answer.header("set-cookie").unwrap().to_owned()
}

/// Seen in heypinchy/pinchy#558: a deploy renamed the cookie, and everybody was out. The name is a
/// contract: whoever changes this line signs everybody out.
#[tokio::test]
async fn cookie_name_survives_deploys() {
    let cookie = cookie(&World::new().await).await;
    assert!(cookie.starts_with("__Host-Http-refresh="), "{cookie}");
}

/// Seen in openlinker#1327: the cookie's path named a version of the API.
#[tokio::test]
async fn path_survives_versioning() {
    let cookie = cookie(&World::new().await).await;
    let attributes: Vec<_> = cookie.split("; ").skip(1).collect();
    assert!(attributes.contains(&"Path=/"), "{cookie}");
    assert!(!cookie.contains("Domain"), "{cookie}");
}

/// Seen in teamhanko/hanko#2471: Safari keeps no `Secure` cookie for plain http on localhost.
#[tokio::test]
async fn safari_on_http_localhost() {
    let world = World::with(|config| {
        config.public_url = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
    })
    .await;
    let body = json!({"username": "alice", "password": PASSWORD}).to_string();
    let headers = [
        ("host", "127.0.0.1:8080".to_owned()),
        ("sec-fetch-site", "same-origin".to_owned()),
        ("content-type", "application/json".to_owned()),
    ];
    let method = poem::http::Method::POST;
    let sent = crate::browser::send(&world, method, "/api/auth/register", &headers, &body);
    let answer = sent.await.is(201);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("refresh-8080="), "{cookie}");
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert!(cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
}

/// The longest token that anybody can get, in bytes: it travels with every call.
const BUDGET: usize = 1024;

/// Seen in microsoft/dev-tunnels#531: roles made the token longer than servers take headers.
#[tokio::test]
async fn roles_do_not_bloat_the_token() {
    let world = World::with(|config| {
        config.issuer = format!("https://{}.example", "a".repeat(63));
        config.audience = "a".repeat(64);
    })
    .await;
    let admin = world.admin().await;
    let token = admin.token.unwrap();
    assert!(token.len() <= BUDGET, "{} bytes", token.len());
}

/// Seen in apache/tooling-trusted-releases#732: claims were written that nobody read. Each claim
/// here, changed alone and signed by the right key, changes what the API says.
#[tokio::test]
async fn every_claim_is_consumed() {
    let world = World::new().await;
    world.admin().await;
    let alice = world.person("alice").await;
    let now = world.app.clock.now();
    let token = alice.token.clone().unwrap();
    let good = world.app.access.verify(&token, now).unwrap();
    let names = serde_json::to_value(&good).unwrap();
    let mut unchanged: Vec<_> = names.as_object().unwrap().keys().cloned().collect();
    let before = seen(&world, &good).await;
    let other = |change: &dyn Fn(&mut AccessClaims)| {
        let mut claims = AccessClaims::clone(&good);
        change(&mut claims);
        claims
    };
    for (name, claims) in [
        ("iss", other(&|claims| claims.iss.push('x'))),
        ("aud", other(&|claims| claims.aud.push('x'))),
        ("sub", other(&|claims| claims.sub = "0".repeat(32))),
        ("sid", other(&|claims| claims.sid = "0".repeat(32))),
        ("exp", other(&|claims| claims.exp = claims.iat)),
        ("roles", other(&|claims| claims.roles = Role::ALL.to_vec())),
        // Three that bound what even the right key can sign: no life is longer than any of ours,
        // nothing is from the future, and ids are ids.
        ("iat", other(&|claims| claims.iat -= 1)),
        ("auth_time", other(&|claims| claims.auth_time += 7_200)),
        ("jti", other(&|claims| claims.jti.push('x'))),
    ] {
        assert_ne!(seen(&world, &claims).await, before, "{name}");
        unchanged.retain(|left| left != name);
    }
    assert!(unchanged.is_empty(), "nobody reads {unchanged:?}");
}

/// What the API makes of these claims, rightly signed.
async fn seen(world: &World, claims: &AccessClaims) -> Vec<(u16, Value)> {
    let mut browser = world.browser();
    let signed = world.app.access.sign(claims, world.app.clock.now());
    browser.token = Some(signed.unwrap().0);
    let mut seen = Vec::new();
    for path in [
        "/api/auth/session",
        "/api/me",
        "/api/me/sessions",
        "/api/admin/users",
    ] {
        let answer = browser.gets(path).await;
        let mut body = answer.json();
        if let Some(body) = body.as_object_mut() {
            body.remove("request_id");
        }
        seen.push((answer.status, body));
    }
    seen
}

/// Seen in OWASP/CheatSheetSeries#2242: denying the hash of one token spares its twins. Ours denies
/// the session, and so each of its tokens.
#[tokio::test]
async fn deny_by_id_not_by_hash() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let first = alice.clone();
    alice.refreshes(None).await.is(200);
    let second = alice.clone();
    assert_ne!(first.token, second.token);
    alice.signs_out("this").await.is(204);
    for tab in [first, second] {
        tab.gets("/api/me").await.refused_as(401, "session_revoked");
    }
}
