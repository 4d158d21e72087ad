//! What poem-openapi cannot say, or says wrongly: that bodies have no field but those listed and
//! the bounds of each, examples, and what a program must send.

mod examples;
mod programs;
mod repair;

use serde_json::{Map, Value, json};
use shared::account::DISPLAY_NAME_MAX;
use shared::{password, username};

/// A name that may be new: blanks around it do not count.
fn new_name() -> Value {
    let (min, max) = (username::MIN, username::MAX);
    json!({ "pattern": format!("^ *[A-Za-z0-9._-]{{{min},{max}}} *$") })
}

/// A name that is only looked up.
fn name() -> Value {
    let inside = username::MAX - 2;
    let end = r"[^\u0000-\u0020\u007f-\u009f]";
    let middle = r"[^\u0000-\u001f\u007f-\u009f]";
    json!({ "pattern": format!("^ *{end}({middle}{{0,{inside}}}{end})? *$") })
}

fn new_password() -> Value {
    json!({ "minLength": password::MIN, "maxLength": password::MAX })
}

fn password() -> Value {
    json!({ "minLength": 1, "maxLength": password::MAX })
}

fn display_name() -> Value {
    json!({ "maxLength": DISPLAY_NAME_MAX, "pattern": r"^[^\u0000-\u001f\u007f-\u009f]*$" })
}

/// The bounds of a field of a body.
fn bounds(body: &str, field: &str) -> Option<Value> {
    match (body, field) {
        ("Register", "username") => Some(new_name()),
        ("Login", "username") => Some(name()),
        ("Register", "password") | ("ChangePassword", "new_password") => Some(new_password()),
        ("Login", "password") | ("ChangePassword", "current_password") => Some(password()),
        ("UpdateMe", "display_name") => Some(display_name()),
        _ => None,
    }
}

/// The generated spec, and what is missing in it.
///
/// # Panics
/// Never: what poem-openapi generates is JSON, and its bodies are objects with a name.
pub(crate) fn patch(generated: &str) -> String {
    let mut spec: Value = serde_json::from_str(generated).expect("BUG: the spec is JSON");
    repair::repair(&mut spec);
    spec["info"]["description"] = programs::ABOUT.into();
    let here = "Where this document is served";
    spec["servers"] = json!([{ "url": "/", "description": here }]);
    for body in bodies(&spec) {
        let schema = &mut spec["components"]["schemas"][&body];
        schema["additionalProperties"] = false.into();
        // Indexing would put a null where there is nothing.
        let fields = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (field, known) in fields.into_iter().flatten() {
            if let (Some(known), Some(Value::Object(more))) =
                (known.as_object_mut(), bounds(&body, field))
            {
                known.extend(more);
            }
        }
    }
    examples::add(&mut spec);
    programs::describe_program_access(&mut spec);
    serde_json::to_string_pretty(&spec).expect("BUG: a spec is JSON")
}

/// The names of what operations read.
fn bodies(spec: &Value) -> Vec<String> {
    let paths = spec["paths"].as_object().into_iter().flat_map(Map::values);
    let operations = paths.filter_map(Value::as_object).flat_map(Map::values);
    let references = operations.filter_map(|operation| {
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str()
    });
    let names = references.filter_map(|reference| reference.rsplit('/').next());
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(body: &str) -> Value {
        let spec: Value = serde_json::from_str(&crate::http::spec()).expect("it is JSON");
        spec["components"]["schemas"][body].clone()
    }

    #[test]
    fn nothing_is_null_and_what_a_reference_says_stands_beside_it() {
        fn look(value: &Value, at: &str) {
            assert!(!value.is_null(), "{at}");
            let all = value["allOf"].as_array();
            assert!(all.is_none_or(|all| all.len() == 1), "{at}");
            let fields = value.as_object().into_iter().flatten();
            fields.for_each(|(name, value)| look(value, &format!("{at}/{name}")));
            let items = value.as_array().into_iter().flatten();
            items.for_each(|value| look(value, at));
        }
        let spec: Value = serde_json::from_str(&crate::http::spec()).expect("it is JSON");
        look(&spec, "");
        assert_eq!(spec["servers"][0]["url"], "/");
    }

    #[test]
    fn every_body_says_that_it_is_closed() {
        let spec: Value = serde_json::from_str(&crate::http::spec()).expect("it is JSON");
        let bodies = bodies(&spec);
        assert!(bodies.len() >= 7, "{bodies:?}");
        for body in bodies {
            assert_eq!(schema(&body)["additionalProperties"], false, "{body}");
        }
        assert!(schema("Problem")["additionalProperties"].is_null());
    }

    #[test]
    fn every_text_of_a_body_says_its_bounds() {
        let spec: Value = serde_json::from_str(&crate::http::spec()).expect("it is JSON");
        for body in bodies(&spec) {
            let fields = schema(&body)["properties"]
                .as_object()
                .cloned()
                .unwrap_or_default();
            for (field, known) in fields.iter().filter(|(_, known)| known["type"] == "string") {
                let bounded = !known["maxLength"].is_null() || !known["pattern"].is_null();
                assert!(bounded, "{body}.{field}: {known}");
            }
        }
        assert_eq!(
            schema("Register")["properties"]["password"]["minLength"],
            12
        );
    }

    #[test]
    fn the_page_shows_what_the_spec_says() {
        let page = crate::http::page();
        assert!(page.contains("additionalProperties"));
    }
}
