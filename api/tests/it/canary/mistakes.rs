//! What people type into the wrong place, and credentials that are bad or out of place.

use super::journey::is;
use super::search::Secret;
use super::stage::{Stage, unique};
use super::visitor::{Visitor, form};
use super::wire::Ask;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use shared::endpoint;

pub fn wrong_sign_ins(stage: &mut Stage) {
    let wrong = stage.password("a wrong password");
    let mut mallory = Visitor::default();
    is(&mallory.enters(stage, "login", "alice", &wrong), 401);
    is(&mallory.enters(stage, "login", "nobody", &wrong), 401);
    // In the field above, as happens to everybody once. It could be a name.
    let typed = unique();
    stage.knows(Secret::text("a password typed as a name", &typed));
    is(&mallory.enters(stage, "login", &typed, &wrong), 401);
    let weak = format!("alice{}", unique());
    stage.knows(Secret::text("a password that is refused", &weak));
    is(
        &mallory.enters(stage, "register", &weak, "mallory's own"),
        422,
    );
    is(
        &mallory.enters(stage, "register", "mallory", &weak[..11]),
        422,
    );
}

/// A body, what it says it is, and how it is refused.
type Bad = (String, &'static str, u16);

fn bad_bodies(password: &str) -> [Bad; 8] {
    const JSON: &str = "application/json";
    const FORM: &str = "application/x-www-form-urlencoded";
    let quoted = serde_json::to_string(password).unwrap();
    let good = form("bob", password);
    let fields = [
        format!(r#"{{"username":"bob","password":[{quoted}]}}"#),
        format!(r#"{{"username":{{"password":{quoted}}}}}"#),
        format!(r#"{{"username":"bob","passwort":{quoted}}}"#),
    ];
    let [list, nested, unknown] = fields.map(|body| (body, JSON, 422));
    [
        list,
        nested,
        unknown,
        (good[..good.len() - 1].to_owned(), JSON, 400),
        (format!("{good}{quoted}"), JSON, 400),
        (format!("{}{good}", " ".repeat(17_000)), JSON, 413),
        (format!("username=bob&password={password}"), FORM, 415),
        (good, "text/plain", 415),
    ]
}

pub fn bodies_that_are_none(stage: &mut Stage) {
    let password = stage.password("a password in a bad body");
    for (body, content_type, status) in bad_bodies(&password) {
        for path in ["/api/auth/login", "/api/auth/register"] {
            let headers = vec![
                ("Sec-Fetch-Site", "same-origin".to_owned()),
                ("Content-Type", content_type.to_owned()),
            ];
            let ask = Ask {
                method: "POST",
                path,
                headers,
                body: Some(body.clone()),
            };
            is(&stage.asks(&ask), status);
        }
    }
}

/// Credentials that are bad, or good and in the wrong place, at every endpoint.
pub fn strays(stage: &mut Stage, alice: &Visitor, password: &str) {
    let token = alice.token.clone().unwrap();
    let basic = STANDARD.encode(format!("alice:{password}"));
    let flipped = token[..token.len() - 4].to_owned() + "AAAA";
    let bearer = |token: &str| vec![("Authorization", format!("Bearer {token}"))];
    for endpoint in endpoint::ALL {
        let path = endpoint.with_id(&"0".repeat(32));
        let in_query = format!("{path}?access_token={token}");
        for (path, headers) in [
            (&path, vec![]),
            (&path, bearer(&flipped)),
            (&path, bearer(&token.replace('.', " "))),
            (&path, vec![("Authorization", format!("Basic {basic}"))]),
            (&path, vec![("Cookie", format!("refresh-8000={token}"))]),
            (
                &path,
                vec![
                    ("Sec-Fetch-Site", "cross-site".to_owned()),
                    ("Cookie", format!("access={token}")),
                ],
            ),
            (&in_query, vec![]),
            (&in_query, bearer(&token)),
        ] {
            let body = Some("{}".to_owned()).filter(|_| endpoint.method.as_str() != "GET");
            let method = endpoint.method.as_str();
            stage.asks(&Ask {
                method,
                path,
                headers,
                body,
            });
        }
    }
}
