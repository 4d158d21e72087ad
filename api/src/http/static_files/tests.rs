//! What is served, and what is not.

use super::*;
use poem::test::TestClient;
use std::fs;
use tempfile::TempDir;

fn files() -> (TempDir, TestClient<StaticFiles>) {
    let parent = TempDir::new().expect("a folder can be made");
    let folder = parent.path().join("app");
    fs::create_dir_all(folder.join("assets")).expect("a folder can be made");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("it is written");
    write("index.html", "<script>boot()</script>");
    write("app-0123456789abcdef.js", "plain");
    write("app-0123456789abcdef.js.br", "brotli");
    write("app-0123456789abcdef.js.gz", "gzip");
    write("assets/a.css", "a{}");
    write(".hidden", "hidden");
    fs::write(parent.path().join("secret.txt"), "secret").expect("it is written");
    let files = StaticFiles::read(&folder).expect("it is read");
    (parent, TestClient::new(files))
}

#[tokio::test]
async fn pages_are_the_document_with_its_policy() {
    let (_folder, client) = files();
    for path in ["/", "/account", "/admin/users"] {
        let response = client.get(path).send().await;
        response.assert_status_is_ok();
        response.assert_header("cache-control", "no-cache");
        response.assert_header("cross-origin-opener-policy", "same-origin");
        let policy = response
            .0
            .header("content-security-policy")
            .unwrap_or_default();
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert!(
            policy.ends_with("require-trusted-types-for 'script'; trusted-types 'none'"),
            "{policy}"
        );
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_sent_small() {
    let (_folder, client) = files();
    for (accepts, encoding, body) in [
        ("", None, "plain"),
        ("gzip", Some("gzip"), "gzip"),
        ("gzip, deflate, br", Some("br"), "brotli"),
        ("br;q=0, gzip;q=0.5", Some("gzip"), "gzip"),
        ("br;q=0.000, GZIP;Q=0.5", Some("gzip"), "gzip"),
        ("br ; q=0.2 , gzip ; q=0.3", Some("gzip"), "gzip"),
        ("x-gzip", Some("gzip"), "gzip"),
        ("*", Some("br"), "brotli"),
        ("br;q=0, *", Some("gzip"), "gzip"),
        ("gzip;q=0, br;q=0.0", None, "plain"),
        ("gzip;q=0.5, identity", None, "plain"),
        ("*;q=0", None, "plain"),
        ("gzip;q=nonsense", None, "plain"),
        ("deflate", None, "plain"),
    ] {
        let request = client
            .get("/app-0123456789abcdef.js")
            .header("accept-encoding", accepts);
        let response = request.send().await;
        response.assert_header("cache-control", IMMUTABLE);
        assert_eq!(response.0.header("content-encoding"), encoding);
        response.assert_text(body).await;
    }
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let (_folder, client) = files();
    let response = client.get("/assets/a.css").send().await;
    let etag = response.0.header("etag").expect("it has one").to_owned();
    let strong = etag.trim_start_matches("W/").to_owned();
    for (known, status) in [
        (etag.clone(), 304),
        (strong.clone(), 304),
        (format!("\"other\", {etag}"), 304),
        (format!("\"a,b\" , ,{strong}"), 304),
        (format!("w/{strong}"), 200),
        (format!("W/W/{strong}"), 200),
        (format!("\"a,{}\"", strong.replace('"', "")), 200),
        ("*".to_owned(), 304),
        ("\"other\"".to_owned(), 200),
        (strong.replace('"', ""), 200),
        (String::new(), 200),
    ] {
        let request = client.get("/assets/a.css").header("if-none-match", &known);
        let again = request.send().await;
        assert_eq!(again.0.status().as_u16(), status, "{known}");
        let sent = if status == 304 { "" } else { "a{}" };
        again.assert_text(sent).await;
    }
}

#[tokio::test]
async fn tags_may_come_in_several_lines() {
    let (_folder, client) = files();
    let response = client.get("/assets/a.css").send().await;
    let etag = response.0.header("etag").expect("it has one").to_owned();
    let request = client.get("/assets/a.css");
    let request = request.header("if-none-match", "\"other\"");
    let again = request.header("if-none-match", &etag).send().await;
    again.assert_status(StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn another_spelling_of_a_page_leads_to_it() {
    let (_folder, client) = files();
    for (path, page) in [
        ("/index.html", "/"),
        ("/index.html?a=b", "/?a=b"),
        ("/sign-in/", "/sign-in"),
        ("/sign-in/?next=%2Faccount", "/sign-in?next=%2Faccount"),
        ("/admin/users/", "/admin/users"),
    ] {
        let response = client.get(path).send().await;
        response.assert_status(StatusCode::PERMANENT_REDIRECT);
        response.assert_header("location", page);
    }
}

#[tokio::test]
async fn what_is_no_page_and_no_file_is_not_there() {
    let (_folder, client) = files();
    for path in [
        "/health",
        "/ready",
        "//readyz",
        "/metrics",
        "//api/me",
        "/API/me",
        "/.git/config",
        "/a/b/c",
        "//",
        "//account",
        "/account//",
        "/Account",
        "/404",
        "/account/index.html",
        "/assets",
        "/assets/",
        "/.hidden",
    ] {
        let response = client.get(path).send().await;
        response.assert_status(StatusCode::NOT_FOUND);
        let written = client.post(path).send().await;
        written.assert_status(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn head_is_get_without_the_bytes() {
    let (_folder, client) = files();
    let response = client.head("/assets/a.css").send().await;
    response.assert_status_is_ok();
    response.assert_content_type("text/css; charset=utf-8");
    response.assert_text("").await;
}

#[tokio::test]
async fn nothing_outside_the_folder_is_reached() {
    let (_folder, client) = files();
    for path in [
        "/missing.js",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/app-0123456789abcdef.js.br",
    ] {
        let response = client.get(path).send().await;
        response.assert_status(poem::http::StatusCode::NOT_FOUND);
    }
    let written = client.post("/").send().await;
    written.assert_status(poem::http::StatusCode::METHOD_NOT_ALLOWED);
}
