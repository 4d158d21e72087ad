//! One process on one port: the web app and its API.

use crate::browser::send;
use crate::world::World;
use poem::http::Method;
use std::fs;
use tempfile::TempDir;

/// `printf 'alert(1)' | openssl dgst -sha256 -binary | base64` gives the hash in it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' \
    'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; style-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; \
    trusted-types 'none'";

async fn with_pages() -> (World, TempDir) {
    let folder = TempDir::new().unwrap();
    let app = folder.path().join("app");
    fs::create_dir(&app).unwrap();
    let html = "<!doctype html><script>alert(1)</script>";
    fs::write(app.join("index.html"), html).unwrap();
    fs::write(app.join("app-0123456789abcdef.js"), "boot()").unwrap();
    fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    let world = World::with(|config| config.static_dir = Some(app)).await;
    (world, folder)
}

#[tokio::test]
async fn every_page_is_the_document_with_its_policy() {
    let (world, _folder) = with_pages().await;
    for path in [
        "/",
        "/account",
        "/sign-in?next=/admin/users",
        "/admin/events",
    ] {
        let page = world.browser().gets(path).await.is(200);
        assert!(page.text.contains("<!doctype html>"));
        for (name, value) in [
            ("content-type", "text/html; charset=utf-8"),
            ("content-security-policy", POLICY),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-cache"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(page.header(name), Some(value), "{name} of {path}");
        }
        assert!(page.header("permissions-policy").is_some());
        assert!(page.header("strict-transport-security").is_some());
    }
    let script = world
        .browser()
        .gets("/app-0123456789abcdef.js")
        .await
        .is(200);
    let cache = script.header("cache-control").unwrap();
    assert!(cache.contains("immutable"), "{cache}");
}

#[tokio::test]
async fn the_api_is_still_the_api() {
    let (world, _folder) = with_pages().await;
    let browser = world.browser();
    for path in ["/api", "/api/nothing", "/.well-known/nothing"] {
        let refused = browser.gets(path).await.refused_as(404, "not_found");
        let policy = "default-src 'none'; frame-ancestors 'none'";
        assert_eq!(refused.header("content-security-policy"), Some(policy));
    }
    browser
        .gets("/api/me")
        .await
        .refused_as(401, "missing_token");
    browser.gets("/healthz").await.is(200);
    let mut alice = world.person("alice").await;
    alice.refreshes(None).await.is(200);
}

#[tokio::test]
async fn nothing_else_is_served() {
    let (world, _folder) = with_pages().await;
    for path in [
        "/nothing.js",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/app/secret.txt",
        "/health",
        "/ready",
        "/metrics",
        "//readyz",
        "//api/me",
        "/API/me",
        "/.git/config",
        "/apiary",
    ] {
        let refused = world.browser().gets(path).await;
        refused.refused_as(404, "not_found");
    }
    let ours = [("sec-fetch-site", "same-origin".to_owned())];
    let refused = send(&world, Method::POST, "/", &ours, "").await;
    let refused = refused.refused_as(405, "method_not_allowed");
    assert_eq!(refused.header("allow"), Some("GET, HEAD"));
    let refused = send(&world, Method::POST, "/", &[], "").await;
    refused.refused_as(403, "origin_forbidden");
}

#[tokio::test]
async fn another_spelling_of_a_page_is_redirected_to_it() {
    let (world, _folder) = with_pages().await;
    for (path, page) in [
        ("/index.html", "/"),
        ("/account/", "/account"),
        ("/sign-in/?next=%2Faccount", "/sign-in?next=%2Faccount"),
    ] {
        let answer = world.browser().gets(path).await.is(308);
        assert_eq!(answer.header("location"), Some(page));
    }
}

#[tokio::test]
async fn password_managers_are_led_to_the_account() {
    let world = World::new().await;
    let answer = world.browser().gets("/.well-known/change-password").await;
    assert_eq!(answer.is(303).header("location"), Some("/account"));
}

#[tokio::test]
async fn whom_to_tell_of_a_vulnerability_is_configured() {
    let world = World::new().await;
    let path = "/.well-known/security.txt";
    world
        .browser()
        .gets(path)
        .await
        .refused_as(404, "not_found");
    let text = "Contact: mailto:security@example.org\nExpires: 2027-12-31T00:00:00Z\n";
    let world = World::with(|config| config.security_txt = Some(text.to_owned())).await;
    let answer = world.browser().gets(path).await.is(200);
    assert_eq!(answer.text, text);
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
}

#[tokio::test]
async fn without_a_folder_there_are_no_pages() {
    let world = World::new().await;
    for path in ["/", "/index.html", "/account"] {
        let refused = world.browser().gets(path).await;
        refused.refused_as(404, "not_found");
    }
}
