//! The operations of the generated spec.

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

impl Operation {
    /// Its path, with ids that nobody has.
    pub fn path(&self) -> String {
        self.template.replace("{id}", &"0".repeat(32))
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

    pub fn is_for_admins(&self) -> bool {
        self.template.starts_with("/api/admin/")
    }

    pub fn has_body(&self) -> bool {
        self.spec["requestBody"].is_object()
    }

    /// The answer is of a status that the spec lists, and of the type it lists there.
    #[track_caller]
    pub fn declares(&self, answer: &Answer) {
        let declared = &self.spec["responses"][answer.status.to_string()];
        assert!(
            declared.is_object(),
            "{} does not declare {answer:#?}",
            self.line()
        );
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
