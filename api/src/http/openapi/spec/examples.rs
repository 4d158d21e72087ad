//! An example of everything that is sent and answered.

use serde_json::{Value, json};
use shared::error_code::ErrorCode;
use shared::problem::{PROBLEM_JSON, Problem};

const ID: &str = "0197a6c3d5e84f1aa2b94c7d3e5f6071";
const SESSION: &str = "5d2f8e0b7c914a63b1e0f4a2968d3c75";
const REQUEST: &str = "9f86d081884c7d65";

fn user() -> Value {
    json!({
        "id": ID, "username": "alice", "display_name": "Alice", "roles": ["user"],
        "created_at": 1_795_737_600,
    })
}

fn managed_user() -> Value {
    json!({
        "id": ID, "username": "alice", "display_name": "Alice", "roles": ["user"],
        "disabled": false, "created_at": 1_795_737_600, "live_sessions": 2,
    })
}

fn session() -> Value {
    json!({
        "id": SESSION, "created_at": 1_795_737_600, "last_used_at": 1_795_741_200,
        "user_agent": "curl/8.5.0", "ip": "203.0.113.7", "current": true,
    })
}

fn event() -> Value {
    json!({
        "id": 42, "at": 1_795_737_600, "kind": "signed_in", "session": SESSION,
        "username": "alice", "ip": "203.0.113.7", "user_agent": "curl/8.5.0",
    })
}

fn activity() -> Value {
    json!({ "from": 1_795_737_600, "signed_in": 3, "failed": 1, "refreshed": 12, "reused": 0 })
}

/// Of a named schema, if it is an object.
fn example(schema: &str) -> Option<Value> {
    let password = "lampshade trombone glacier 47";
    let account = json!({ "username": "alice", "password": password });
    let example = match schema {
        "Register" | "Login" => account,
        "Refresh" => json!({}),
        "Logout" => json!({ "scope": "this" }),
        "ChangePassword" => {
            json!({ "current_password": password, "new_password": "orchid ladder comet 815" })
        }
        "UpdateMe" => json!({ "display_name": "Alice" }),
        "UpdateUser" => json!({ "roles": ["user", "admin"], "disabled": false }),
        "SignedIn" => json!({
            "access_token": "header.payload.signature", "token_type": "Bearer",
            "expires_in": 900, "user": user(),
        }),
        "TokenFacts" => {
            json!({ "sub": ID, "sid": SESSION, "roles": ["user"], "expires_in": 900 })
        }
        "User" => user(),
        "ManagedUser" => managed_user(),
        "UserPage" => json!({ "users": [managed_user()] }),
        "Session" => session(),
        "Sessions" => json!({ "sessions": [session()] }),
        "Event" => event(),
        "EventPage" => json!({ "events": [event()] }),
        "Activity" => activity(),
        "Activities" => json!({ "step": 3600, "stretches": [activity()] }),
        _ => return None,
    };
    Some(example)
}

/// Of a parameter.
fn parameter(name: &str) -> Option<Value> {
    match name {
        "id" => Some(ID.into()),
        "X-CSRF" => Some("1".into()),
        "Refresh-Attempt" => Some("c4b1f0a2-7d3e".into()),
        _ => None,
    }
}

/// Puts them into a document.
pub fn add(spec: &mut Value) {
    let schemas = spec["components"]["schemas"].as_object_mut();
    for (name, schema) in schemas.into_iter().flatten() {
        if let Some(example) = example(name) {
            schema["example"] = example;
        }
    }
    let paths = spec["paths"].as_object_mut().into_iter().flatten();
    let operations = paths.filter_map(|(_, methods)| methods.as_object_mut());
    for (_, operation) in operations.flatten() {
        // Indexing would put a null where there is nothing.
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for described in parameters.into_iter().flatten() {
            if let Some(example) = described["name"].as_str().and_then(parameter) {
                described["example"] = example;
            }
        }
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for (_, response) in responses.into_iter().flatten() {
            add_problem(response);
        }
    }
}

/// Of the first problem that a response lists.
fn add_problem(response: &mut Value) {
    let listed = response["description"].as_str().unwrap_or_default();
    let code = listed.split(':').next().unwrap_or_default();
    let code = ErrorCode::ALL
        .into_iter()
        .find(|one| serde_json::to_value(one).is_ok_and(|word| word == code));
    let content = response.get_mut("content");
    let content = content.and_then(|content| content.get_mut(PROBLEM_JSON));
    if let (Some(code), Some(content)) = (code, content) {
        let problem = Problem {
            request_id: REQUEST.to_owned(),
            ..Problem::new(code)
        };
        content["example"] = serde_json::to_value(problem).expect("BUG: a problem is JSON");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use shared::account::{ChangePassword, UpdateProfile, User};
    use shared::admin::{AdminUserView, UpdateUser, UserPage};
    use shared::auth::{Login, Logout, Refresh, Register, TokenInfo, TokenResponse};
    use shared::event::{ActivityBucket, ActivitySeries, Event, EventPage};
    use shared::session::{Session, Sessions};
    use shared::validate::Validate;

    fn is_read<T: DeserializeOwned + Serialize>(schema: &str) -> T {
        let example = example(schema).expect("there is one");
        let read: T = serde_json::from_value(example.clone()).expect(schema);
        let again = serde_json::to_value(&read).expect("it is JSON");
        assert_eq!(again, example, "{schema}");
        read
    }

    fn is_taken<T: DeserializeOwned + Serialize + Validate>(schema: &str) {
        let errors = is_read::<T>(schema).validate();
        assert!(errors.is_empty(), "{schema}: {errors:?}");
    }

    #[test]
    fn every_example_of_a_body_would_be_taken() {
        is_taken::<Register>("Register");
        is_taken::<Login>("Login");
        is_taken::<Refresh>("Refresh");
        is_taken::<Logout>("Logout");
        is_taken::<ChangePassword>("ChangePassword");
        is_taken::<UpdateProfile>("UpdateMe");
        is_taken::<UpdateUser>("UpdateUser");
    }

    #[test]
    fn every_example_of_an_answer_is_one() {
        is_read::<TokenResponse>("SignedIn");
        is_read::<TokenInfo>("TokenFacts");
        is_read::<User>("User");
        is_read::<AdminUserView>("ManagedUser");
        is_read::<UserPage>("UserPage");
        is_read::<Session>("Session");
        is_read::<Sessions>("Sessions");
        is_read::<Event>("Event");
        is_read::<EventPage>("EventPage");
        is_read::<ActivityBucket>("Activity");
        is_read::<ActivitySeries>("Activities");
    }

    #[test]
    fn everything_that_is_sent_or_answered_has_one() {
        let spec: Value = serde_json::from_str(&crate::http::spec()).expect("it is JSON");
        let schemas = spec["components"]["schemas"].as_object();
        for (name, schema) in schemas.expect("there are some") {
            let is_part = matches!(name.as_str(), "Problem" | "FieldError");
            let has_one = schema["example"].is_object();
            assert!(has_one || is_part || schema["type"] != "object", "{name}");
        }
        let refused = "/paths/~1api~1auth~1refresh/post/responses/403/content";
        let refused = spec.pointer(refused).expect("it is refused so");
        assert_eq!(refused[PROBLEM_JSON]["example"]["code"], "origin_forbidden");
    }
}
