//! Whether the app arrives as browsers want it, and what is for operators does not.

use super::curl::{Curl, Request, Response};
use super::finding::{Finding, fine, note, problem};

/// As every browser of today asks.
const CODINGS: [(&str, &str); 1] = [("Accept-Encoding", "br, gzip")];

/// What is found.
pub fn examine(curl: &Curl) -> Vec<Finding> {
    let mut findings = vec![metrics(curl), docs(curl)];
    let page = curl.send(&Request::get("/", &[])).unwrap_or_default();
    let is_page = page.status == 200
        && page
            .header("content-type")
            .is_some_and(|it| it.starts_with("text/html"));
    if !is_page {
        findings.push(note(
            format!(
                "there is no app at /, which is answered with {}",
                page.status
            ),
            "set STATIC_DIR to the built app (`cargo xtask dist`), unless another server has it",
        ));
        return findings;
    }
    findings.push(document(&page));
    match wasm_path(&page.body) {
        Some(path) => {
            let file = curl
                .send(&Request::get(&path, &CODINGS))
                .unwrap_or_default();
            findings.extend(wasm(&file));
        }
        None => findings.push(problem(
            "the page at / loads no wasm",
            "something else answers there; deploy what `cargo xtask dist` built",
        )),
    }
    findings
}

fn document(page: &Response) -> Finding {
    let policy = page.header("content-security-policy").unwrap_or_default();
    let kept = page.header("cache-control").unwrap_or_default();
    if !policy.contains("'wasm-unsafe-eval'") || policy.contains("unsafe-inline") {
        return problem(
            "the page comes without our Content-Security-Policy",
            "let the API serve the app (STATIC_DIR), or give its file server the header that the API sends",
        );
    }
    if !kept.contains("no-cache") {
        return problem(
            format!("browsers may keep the page (Cache-Control: {kept})"),
            "serve index.html with `Cache-Control: no-cache`, else they miss the next release",
        );
    }
    fine("the page has our policy and is asked for anew")
}

fn wasm(file: &Response) -> Vec<Finding> {
    let kind = file.header("content-type").unwrap_or("nothing");
    let coding = file.header("content-encoding").unwrap_or_default();
    let kept = file.header("cache-control").unwrap_or_default();
    vec![
        if kind == "application/wasm" {
            fine("the wasm is served as application/wasm")
        } else {
            let what = format!(
                "the wasm is served as {kind}: browsers refuse to compile it while it loads"
            );
            problem(what, "teach the file server the type application/wasm")
        },
        if ["br", "gzip"].contains(&coding) {
            fine(format!("the wasm is compressed ({coding})"))
        } else {
            problem(
                "the wasm is not compressed",
                "deploy the copies beside the files (`apt-get install brotli`, `cargo xtask dist`), and let the proxy pass Accept-Encoding on",
            )
        },
        if kept.contains("immutable") {
            fine("the wasm is kept for good, its name changes with it")
        } else {
            note(
                format!("the wasm is asked for again and again (Cache-Control: {kept})"),
                "serve what has a hash in its name with `immutable`",
            )
        },
    ]
}

/// The path of the first file that ends in `.wasm`.
fn wasm_path(html: &str) -> Option<String> {
    let (before, _) = html.split_once(".wasm")?;
    let start = before.rfind(['"', '\'', '(', ' ', '='])? + 1;
    let path = before[start..]
        .trim_start_matches("./")
        .trim_start_matches('/');
    Some(format!("/{path}.wasm"))
}

fn metrics(curl: &Curl) -> Finding {
    let answer = curl
        .send(&Request::get("/metrics", &[]))
        .unwrap_or_default();
    if answer.body.contains("# TYPE ") {
        return problem(
            "the metrics are for everybody",
            "do not let the proxy pass METRICS_LISTEN on; give it an address of its own",
        );
    }
    fine("the metrics are not for everybody")
}

fn docs(curl: &Curl) -> Finding {
    let answer = curl
        .send(&Request::get("/api/openapi.json", &[]))
        .unwrap_or_default();
    if answer.status == 200 && !curl.address.is_loopback() {
        let remedy = "set API_DOCS=off, unless other people are to write clients";
        return note("the API's description is for everybody", remedy);
    }
    fine("the API's description is not for everybody, or this is development")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_is_found_in_any_spelling() {
        for html in [
            r#"<link rel="preload" href="/web-1_bg.wasm" as="fetch">"#,
            "<script>init({ module_or_path: '/web-1_bg.wasm' })</script>",
            "<link href=./web-1_bg.wasm>",
        ] {
            assert_eq!(wasm_path(html).as_deref(), Some("/web-1_bg.wasm"), "{html}");
        }
        assert_eq!(wasm_path("<html></html>"), None);
    }
}
