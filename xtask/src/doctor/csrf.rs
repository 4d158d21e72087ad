//! Whether the API knows its own address, and refuses pages of other ones.

use super::curl::{Curl, Request, Response};
use super::finding::{Finding, fine, problem};

const REFRESH: &str = "/api/auth/refresh";

/// What is found.
pub fn examine(curl: &Curl) -> Vec<Finding> {
    let own = asks(curl, curl.address.as_str());
    if own.status == 401 && own.has_code("refresh_missing") {
        return vec![
            fine("pages of this origin may ask for changes"),
            foreign(&asks(curl, "https://doctor.invalid")),
        ];
    }
    let url = curl.address.as_str();
    vec![if own.has_code("origin_forbidden") {
        problem(
            "the API takes pages of this origin for foreign ones",
            format!("set PUBLIC_URL={url}, and let the proxy pass the Origin header on as it is"),
        )
    } else {
        problem(
            format!("{REFRESH} is answered with {}, not by the API", own.status),
            "let the proxy pass /api/* on with all methods (docs/proxies)",
        )
    }]
}

/// A refresh without a cookie: it changes nothing wherever it comes from.
fn asks(curl: &Curl, origin: &str) -> Response {
    let headers = [("Origin", origin), ("X-CSRF", "1")];
    curl.send(&Request::post(REFRESH, &headers, "{}"))
        .unwrap_or_default()
}

fn foreign(answer: &Response) -> Finding {
    if answer.status == 403 && answer.has_code("origin_forbidden") {
        return fine("pages of other origins may not");
    }
    problem(
        "pages of other origins may ask for changes",
        "the proxy writes Origin or Sec-Fetch-Site itself: let it pass on what the browser sent",
    )
}
