//! Whether the refresh cookie reaches the API, and what the API sets reaches the browser whole.

use super::curl::{Curl, Request};
use super::finding::{Finding, fine, problem};

/// What is found. The cookie is nobody's, so nothing happens.
pub fn examine(curl: &Curl) -> Vec<Finding> {
    vec![there(curl), back(curl)]
}

/// Its name in a browser (the contract's).
pub fn name(curl: &Curl) -> String {
    if curl.address.is_https() {
        "__Host-Http-refresh".to_owned()
    } else {
        format!("refresh-{}", curl.address.port())
    }
}

fn there(curl: &Curl) -> Finding {
    let cookie = format!("{}=doctor", name(curl));
    let headers = sent(&cookie);
    let answer = curl.send(&Request::post("/api/auth/refresh", &headers, "{}"));
    if answer.is_ok_and(|answer| answer.has_code("refresh_invalid")) {
        return fine("the refresh cookie reaches the API");
    }
    problem(
        "the refresh cookie does not reach the API",
        "let the proxy pass Cookie on as it is; and PUBLIC_URL must have the scheme and the port that browsers see, since the cookie's name follows them",
    )
}

fn back(curl: &Curl) -> Finding {
    let cookie = format!("{}=doctor", name(curl));
    let headers = sent(&cookie);
    let answer = curl.send(&Request::post("/api/auth/logout", &headers, "{}"));
    let answer = answer.unwrap_or_default();
    let set = answer.header("set-cookie").unwrap_or_default();
    let secure = if curl.address.is_https() {
        " Secure;"
    } else {
        ""
    };
    let name = name(curl);
    let whole = format!("{name}=; Path=/;{secure} HttpOnly; SameSite=Strict; Max-Age=0");
    if set == whole {
        return fine("what the API sets as the cookie reaches the browser whole");
    }
    problem(
        format!("the cookie reaches the browser as `{set}`, not as `{whole}`"),
        "let the proxy pass Set-Cookie on as it is: no cookie flags, no rewritten path or domain",
    )
}

fn sent(cookie: &str) -> [(&'static str, &str); 3] {
    [
        ("Sec-Fetch-Site", "same-origin"),
        ("X-CSRF", "1"),
        ("Cookie", cookie),
    ]
}
