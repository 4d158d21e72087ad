//! What a program must send, for which no browser sends it.

use serde_json::Value;
use shared::endpoint::{self, Endpoint, Guard, LOGIN, LOGOUT, Method, REFRESH, REGISTER};

/// For the document.
pub const ABOUT: &str = "\
Sign-in with a short-lived access token and a rotating refresh cookie.

The access token goes into `Authorization: Bearer`. The refresh token is in a cookie that pages cannot read.

Pages of the app need nothing more. A program says whom it means, as it has no browser that would: it sends `Origin` with \
the app's public address wherever it sends the cookie, and with it `X-CSRF: 1` and `Content-Type: application/json` to \
refresh or sign out. Register and login want neither `Origin` nor `Cookie`; everything else is \
content with the access token alone. `Sec-Fetch-Site`, which browsers send, must be `same-origin` where it is there.";

const ENTERS: &str = "A program sends `Content-Type: application/json` and no `Cookie`; with a \
cookie it sends `Origin`, the app's public address, as well.";
const REFRESHES: &str = "A program sends the cookie of the last answer, `Origin` with the app's \
public address, `X-CSRF: 1` and `Content-Type: application/json`.";
const LEAVES: &str = "A program sends the same as for a refresh; or the access token in \
`Authorization` and no cookie.";
const CHANGES: &str = "A program sends the access token in `Authorization` and no refresh cookie; \
with the cookie it sends `Origin`, the app's public address, as well.";

fn needs(endpoint: &Endpoint) -> Option<&'static str> {
    match endpoint {
        one if *one == REGISTER || *one == LOGIN => Some(ENTERS),
        one if *one == REFRESH => Some(REFRESHES),
        one if *one == LOGOUT => Some(LEAVES),
        one if one.method == Method::Get || one.guard == Guard::Anyone => None,
        _ => Some(CHANGES),
    }
}

/// Adds it to each operation that changes something.
pub fn describe_program_access(spec: &mut Value) {
    for endpoint in endpoint::ALL {
        let method = endpoint.method.as_str().to_ascii_lowercase();
        let operation = spec["paths"][endpoint.path].get_mut(method);
        if let (Some(needs), Some(operation)) = (needs(endpoint), operation) {
            let said = operation["description"].as_str();
            let said = said.map(|said| format!("{said}\n\n")).unwrap_or_default();
            operation["description"] = format!("{said}{needs}").into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_says_what_a_program_sends() {
        let spec: Value = serde_json::from_str(&crate::http::spec()).expect("it is JSON");
        let paths = spec["paths"].as_object().expect("there are some");
        let operations = paths.iter().flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.map(move |(method, operation)| (path, method, operation))
        });
        for (path, method, operation) in operations {
            let said = operation["description"].as_str().unwrap_or_default();
            let tells = said.contains("A program sends");
            assert_eq!(tells, method != "get", "{method} {path}: {said}");
        }
    }
}
