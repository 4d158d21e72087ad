//! The operations of the generated spec.

use super::headers::carries_all;
use crate::answer::Answer;
use crate::browser::Browser;
use poem::http::Method;
use serde_json::Value;

/// One operation, as the spec describes it.
pub struct Operation {
    pub method: Method,
    template: String,
    spec: Value,
}

/// All of them.
pub fn operations() -> Vec<Operation> {
    let spec: Value = serde_json::from_str(&api::http::spec()).unwrap();
    let paths = spec["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap();
        methods.iter().map(move |(method, spec)| Operation {
            method: method.to_uppercase().parse().unwrap(),
            template: path.clone(),
            spec: spec.clone(),
        })
    });
    operations.collect()
}

/// What a reference refers to.
fn resolve(schema: &Value) -> Value {
    let Some(reference) = schema["$ref"].as_str() else {
        return schema.clone();
    };
    let spec: Value = serde_json::from_str(&api::http::spec()).unwrap();
    spec.pointer(reference.trim_start_matches('#'))
        .unwrap()
        .clone()
}

impl Operation {
    /// Its path, with ids that nobody has.
    pub fn path(&self) -> String {
        self.path_of(&"0".repeat(32))
    }

    /// Its path, with that id.
    pub fn path_of(&self, id: &str) -> String {
        self.template.replace("{id}", id)
    }

    pub fn line(&self) -> String {
        let schemes = self.spec["security"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let names = schemes
            .iter()
            .flat_map(|scheme| scheme.as_object().unwrap().keys());
        let mut names: Vec<_> = names.cloned().collect();
        names.sort();
        format!("{} {} {names:?}", self.method, self.template)
    }

    pub fn wants_bearer(&self) -> bool {
        self.line().ends_with(r#"["access_token"]"#)
    }

    pub fn reads_cookie(&self) -> bool {
        self.line().contains(r#""refresh_token""#)
    }

    pub fn has_id(&self) -> bool {
        self.template.contains("{id}")
    }

    /// The parameters of its query, by name and schema.
    pub fn parameters(&self) -> Vec<(String, Value)> {
        let all = self.spec["parameters"].as_array().cloned();
        let of_query = all.into_iter().flatten().filter(|one| one["in"] == "query");
        let described = of_query.map(|one| {
            let name = one["name"].as_str().unwrap().to_owned();
            (name, resolve(&one["schema"]))
        });
        described.collect()
    }

    /// Whether the contract asks for a permission that not everybody has.
    pub fn is_for_admins(&self) -> bool {
        let own = shared::endpoint::ALL.iter().find(|endpoint| {
            endpoint.path == self.template && endpoint.method.as_str() == self.method.as_str()
        });
        let own = own.expect("the contract lists it");
        matches!(own.guard, shared::endpoint::Guard::Requires(_))
    }

    pub fn has_body(&self) -> bool {
        self.spec["requestBody"].is_object()
    }

    /// The fields of its body, by name and JSON type.
    pub fn fields(&self) -> Vec<(String, String)> {
        let schema = resolve(&self.spec["requestBody"]["content"]["application/json"]["schema"]);
        let fields = schema["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        let typed = fields.iter().map(|(name, field)| {
            let field = resolve(field.get("allOf").map_or(field, |all| &all[0]));
            (name.clone(), field["type"].as_str().unwrap().to_owned())
        });
        typed.collect()
    }

    /// The answer is of a status that the spec lists, of the type it lists there, and carries the
    /// headers that every answer carries.
    #[track_caller]
    pub fn declares(&self, answer: &Answer) {
        let declared = &self.spec["responses"][answer.status.to_string()];
        assert!(
            declared.is_object(),
            "{} does not declare {answer:#?}",
            self.line()
        );
        carries_all(answer, &self.line());
        if let Some(given) = answer.header("content-type") {
            let listed = declared["content"]
                .as_object()
                .expect("the spec lists a body");
            assert!(
                listed.contains_key(given),
                "{} does not declare {given}",
                self.line()
            );
        }
    }
}

impl Browser<'_> {
    /// Sends an operation the least it takes.
    pub async fn send_to(&self, operation: &Operation, with_token: bool) -> Answer {
        let body = operation.has_body().then_some("{}");
        let headers = [("x-csrf", "1")];
        let (method, path) = (operation.method.clone(), operation.path());
        self.send(method, &path, &headers, body, with_token).await
    }
}
