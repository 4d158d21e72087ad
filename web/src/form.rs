//! What a form knows while it is filled in and sent.
//!
//! What stands in its fields is known by the document alone. A copy would be wrong: a password
//! manager fills fields in with an event, with another one, or with none.

use crate::words;
use client::{Error, LocalFuture};
use shared::error_code::ErrorCode;
use shared::validate::{FieldErrors, Validate};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// What the person is told about what they sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feedback {
    /// It is on its way.
    pub busy: bool,
    /// What is wrong at which field.
    pub fields: Vec<(String, AttrValue)>,
    /// What is wrong with all of it.
    pub alert: Option<AttrValue>,
}

/// The fields that a code is about, with what to say there. Codes of fields that the contract
/// names itself need no row.
pub type AtField = fn(ErrorCode) -> Option<(&'static str, &'static str)>;

impl Feedback {
    fn broken(errors: FieldErrors) -> Self {
        let errors = errors.0.into_iter();
        Self {
            fields: errors
                .map(|error| (error.field, words::rule(error.rule).into()))
                .collect(),
            ..Self::default()
        }
    }

    fn failed(error: &Error, at_field: AtField) -> Self {
        let mut fields: Vec<(String, AttrValue)> = Vec::new();
        for error in error.fields() {
            fields.push((error.field.clone(), words::rule(error.rule).into()));
        }
        if let Some((field, text)) = error.code().and_then(at_field) {
            fields.push((field.to_owned(), text.into()));
        }
        let alert = fields.is_empty().then(|| words::of_error(error));
        Self {
            fields,
            alert,
            ..Self::default()
        }
    }

    /// The same, but for what is wrong at that field.
    fn without(&self, field: &str) -> Self {
        let mut feedback = self.clone();
        feedback.fields.retain(|(name, _)| name != field);
        feedback
    }

    /// What is wrong at that field.
    pub fn at(&self, field: &str) -> Option<AttrValue> {
        let mut fields = self.fields.iter();
        fields
            .find(|(name, _)| name == field)
            .map(|(_, text)| text.clone())
    }
}

/// A form's handle.
#[derive(Clone)]
pub struct Form {
    pub feedback: UseStateHandle<Feedback>,
    /// Goes on the `<form>`.
    pub node: NodeRef,
    /// What is on its way; the state only knows after the next rendering.
    sending: Rc<Cell<bool>>,
    /// Whether the next rendering shows a refusal.
    refused: Rc<Cell<bool>>,
}

/// A form. After a refusal, the first field that is wrong has the focus.
#[hook]
pub fn use_form() -> Form {
    let feedback = use_state(Feedback::default);
    let node = use_node_ref();
    let sending = use_memo((), |()| Cell::new(false));
    let refused = use_memo((), |()| Cell::new(false));
    let (form, shows) = (node.clone(), refused.clone());
    use_effect(move || {
        if shows.replace(false) {
            focus_first_error(&form);
        }
    });
    Form {
        feedback,
        node,
        sending,
        refused,
    }
}

impl Form {
    /// What stands in the field of that name now.
    pub fn value(&self, name: &str) -> String {
        self.input(name)
            .map(|input| input.value())
            .unwrap_or_default()
    }

    /// Writes into the field of that name.
    pub fn set(&self, name: &str, text: &str) {
        if let Some(input) = self.input(name) {
            input.set_value(text);
        }
    }

    fn input(&self, name: &str) -> Option<HtmlInputElement> {
        let form = self.node.cast::<Element>()?;
        let selector = ["[name=", name, "]"].concat();
        form.query_selector(&selector).ok()??.dyn_into().ok()
    }

    /// Goes on the `<form>`, for its events `input` and `change`: a password manager may send only
    /// the second. What was said of a field is no longer true of its new text. `also` hears of it.
    pub fn edited<E: TargetCast + 'static>(&self, also: Callback<Self>) -> Callback<E> {
        let form = self.clone();
        Callback::from(move |event: E| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                form.feedback.set(form.feedback.without(&input.name()));
            }
            also.emit(form.clone());
        })
    }

    /// Checks by the contract's rules, then sends, once.
    pub fn submit<B, S>(&self, body: B, at_field: AtField, send: S)
    where
        B: Validate + 'static,
        S: AsyncFnOnce(B) -> Result<(), Error> + 'static,
    {
        if self.sending.get() {
            return;
        }
        let errors = body.validate();
        if !errors.is_empty() {
            self.refused.set(true);
            self.feedback.set(Feedback::broken(errors));
            return;
        }
        self.sending.set(true);
        self.feedback.set(Feedback {
            busy: true,
            ..Feedback::default()
        });
        // One machine for all forms; what a form sends is boxed.
        self.wait_for(Box::pin(send(body)), at_field);
    }

    fn wait_for(&self, sent: LocalFuture<Result<(), Error>>, at_field: AtField) {
        let form = self.clone();
        spawn_local(async move {
            let came = sent.await;
            form.sending.set(false);
            form.refused.set(came.is_err());
            form.feedback.set(match came {
                Ok(()) => Feedback::default(),
                Err(error) => Feedback::failed(&error, at_field),
            });
        });
    }
}

fn focus_first_error(form: &NodeRef) {
    let invalid = form
        .cast::<Element>()
        .and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
    if let Some(field) = invalid.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // An element that is gone needs no focus.
        let _ = field.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::problem::Problem;
    use shared::validate::{FieldError, Violation};

    fn problem(code: ErrorCode, errors: Option<Vec<FieldError>>) -> Error {
        let mut problem = Problem::new(code);
        problem.errors = errors;
        Error::Problem {
            problem: Box::new(problem),
            retry_after: None,
        }
    }

    #[test]
    fn the_servers_judgement_stands_at_its_field() {
        let errors = vec![FieldError::new("password", Violation::TooWeak)];
        let error = problem(ErrorCode::ValidationFailed, Some(errors));
        let feedback = Feedback::failed(&error, |_| None);
        assert_eq!(
            feedback.at("password").as_deref(),
            Some(Violation::TooWeak.message())
        );
        assert_eq!((feedback.at("username"), feedback.alert), (None, None));
    }

    #[test]
    fn a_code_can_belong_to_a_field() {
        let error = problem(ErrorCode::UsernameTaken, None);
        let feedback = Feedback::failed(&error, |_| Some(("username", "Taken.")));
        assert_eq!(feedback.at("username").as_deref(), Some("Taken."));
    }

    #[test]
    fn what_was_said_of_a_field_is_taken_back_alone() {
        let errors =
            ["username", "password"].map(|field| FieldError::new(field, Violation::TooShort));
        let feedback = Feedback::broken(FieldErrors(errors.into()));
        let edited = feedback.without("password");
        assert_eq!(edited.at("password"), None);
        assert!(edited.at("username").is_some());
    }

    #[test]
    fn what_belongs_to_no_field_is_said_above_them() {
        let feedback = Feedback::failed(&Error::Network, |_| None);
        assert!(feedback.alert.is_some_and(|text| text.contains("reach")));
    }
}
