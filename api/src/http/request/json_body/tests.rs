//! What a body may look like.

use super::*;
use shared::admin::UpdateUser;
use shared::auth::{Login, Logout};
use shared::validate::{FieldErrors, Violation};

/// The code of a refusal, and its first field.
type Refusal<'a> = (ErrorCode, Option<(&'a str, Violation)>);

#[track_caller]
fn login(body: &str, expected: Result<(), Refusal<'_>>) {
    let parsed = parse::<Login>(body.as_bytes()).map(|_| ());
    let refused = parsed.map_err(|refused| {
        let first = refused
            .details
            .errors
            .and_then(|errors| errors.into_iter().next());
        (refused.code, first.map(|error| (error.field, error.rule)))
    });
    let expected =
        expected.map_err(|(code, field)| (code, field.map(|(name, rule)| (name.to_owned(), rule))));
    assert_eq!(refused, expected, "{body}");
}

fn malformed(body: &str) {
    login(body, Err((ErrorCode::MalformedBody, None)));
}

fn invalid(body: &str, field: &str, rule: Violation) {
    login(
        body,
        Err((ErrorCode::ValidationFailed, Some((field, rule)))),
    );
}

#[test]
fn a_good_body_is_read_whatever_its_spacing() {
    login(r#"{"username":"alice","password":"x"}"#, Ok(()));
    login(
        " {\n\"password\" : \"x\", \"username\":\t\"alice\"} ",
        Ok(()),
    );
}

#[test]
fn what_is_not_one_json_value_is_malformed() {
    malformed("");
    malformed("{");
    malformed("nonsense");
    malformed(r#"{"username":"alice","password":"x"} trailing"#);
    malformed(r#"{"username":"alice","password":"x"}{}"#);
    malformed(r#"{"username":"alice","password":"x",}"#);
    malformed(r#"{"username":"alice","username":"bob","password":"x"}"#);
    malformed(r#"{"username":"alice","\u0075sername":"bob","password":"x"}"#);
    malformed(r#"{"username":"\ud800","password":"x"}"#);
    malformed(&format!(
        r#"{{"username":{}1{}}}"#,
        "[".repeat(200),
        "]".repeat(200)
    ));
    assert!(parse::<Login>(b"{\"username\":\"\xff\",\"password\":\"x\"}").is_err());
}

#[test]
fn wrong_types_are_never_coerced() {
    invalid(
        r#"{"username":1,"password":"x"}"#,
        "username",
        Violation::WrongType,
    );
    invalid(
        r#"{"username":["alice"],"password":"x"}"#,
        "username",
        Violation::WrongType,
    );
    invalid(
        r#"{"username":"alice","password":null}"#,
        "password",
        Violation::WrongType,
    );
    invalid(r#"["alice","x"]"#, "body", Violation::WrongType);
    invalid(r#""alice""#, "body", Violation::WrongType);
    invalid("null", "body", Violation::WrongType);
}

#[test]
fn unknown_and_missing_fields_are_named() {
    invalid(r#"{"username":"alice"}"#, "password", Violation::Required);
    invalid(
        r#"{"username":"alice","password":"x","admin":true}"#,
        "admin",
        Violation::UnknownField,
    );
    invalid(
        r#"{"username":"alice","password":"x","a`b":true}"#,
        "a`b",
        Violation::UnknownField,
    );
    let long = "n".repeat(1000);
    let body = format!(r#"{{"username":"alice","password":"x","{long}":1}}"#);
    invalid(&body, &long[..64], Violation::UnknownField);
}

#[test]
fn optional_and_nested_fields() {
    assert!(parse::<Logout>(b"{}").is_ok());
    assert!(parse::<Logout>(br#"{"scope":"all"}"#).is_ok());
    assert!(parse::<Logout>(br#"{"scope":"everybody"}"#).is_err());
    assert!(parse::<UpdateUser>(br#"{"roles":["user","admin"]}"#).is_ok());
    let refused = parse::<UpdateUser>(br#"{"roles":["user","root"]}"#).err();
    let errors = refused.and_then(|refused| refused.details.errors);
    let errors = errors.expect("the field is named");
    assert_eq!(errors[0].field, "roles[1]");
}

#[test]
fn nothing_is_null() {
    for (body, field) in [
        (r#"{"scope":null}"#, "scope"),
        (r#"{"nonsense":null}"#, "nonsense"),
    ] {
        let refused = parse::<Logout>(body.as_bytes()).expect_err("nothing of ours is null");
        let errors = FieldErrors(refused.details.errors.unwrap_or_default());
        assert!(errors.has(field, Violation::WrongType), "{body}");
    }
}

#[test]
fn one_type_and_no_coding() {
    let json = ("content-type", "application/json");
    for (sent, good) in [
        (vec![json], true),
        (vec![], false),
        (vec![json, json], false),
        (vec![json, ("content-encoding", "gzip")], false),
        (vec![json, ("content-encoding", "identity")], false),
    ] {
        let mut headers = HeaderMap::new();
        for (name, value) in &sent {
            headers.append(*name, value.parse().expect("it is a header"));
        }
        assert_eq!(is_plain_json(&headers), good, "{sent:?}");
    }
}

#[test]
fn only_json_is_json() {
    for (content_type, good) in [
        ("application/json", true),
        ("Application/JSON", true),
        ("application/json; charset=utf-8", true),
        ("application/json;charset=UTF-8", true),
        ("application/json ; Charset=\"UTF-8\" ;; ", true),
        (r#"application/json; charset="utf\-8""#, true),
        (
            r#"application/json; profile="a;charset=latin1"; charset=utf-8"#,
            true,
        ),
        (r#"application/json; profile="a\";charset=latin1""#, true),
        (r#"application/json; charset="utf-8"#, false),
        ("application/json; charset", false),
        ("application/json; charset = utf-8", false),
        ("application/json; charset=utf-8 x", false),
        ("application/json, application/json", false),
        ("application/json; charset=utf-8; charset=latin1", false),
        ("application/json; charset=latin1", false),
        ("application/problem+json", false),
        ("text/json", false),
        ("text/plain; application/json", false),
        ("application/x-www-form-urlencoded", false),
        ("", false),
    ] {
        assert_eq!(is_json(content_type.as_bytes()), good, "{content_type}");
    }
}
