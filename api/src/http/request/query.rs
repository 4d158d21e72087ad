//! Query strings, strictly: the names that an operation lists, each once, and nothing else.

use super::percent;
use crate::http::response::problem::ApiError;
use poem::Request;
use shared::error_code::ErrorCode;
use shared::validate::{FieldErrors, Violation};

/// Declares an extractor that lets nothing but these names through.
macro_rules! allowed_params {
    ($(#[$doc:meta])* $name:ident: [$($parameter:literal),*]) => {
        $(#[$doc])*
        struct $name;

        impl<'a> poem::FromRequest<'a> for $name {
            async fn from_request(
                request: &'a poem::Request,
                _body: &mut poem::RequestBody,
            ) -> poem::Result<Self> {
                $crate::http::request::query::reject_unknown(request, &[$($parameter),*])?;
                Ok(Self)
            }
        }
    };
}
pub(crate) use allowed_params;

/// A name that nobody asked for is repeated only so far.
const NAME_MAX: usize = 64;

/// Refuses a query that says something else than these names, one of them twice, or a value that
/// is no text. The framework would take the first of two and mend what is no UTF-8.
pub fn reject_unknown(request: &Request, names: &[&str]) -> Result<(), ApiError> {
    let mut seen = Vec::new();
    let mut errors = FieldErrors::default();
    let query = request.uri().query().unwrap_or_default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = text(name);
        let known = names.iter().find(|known| name.as_deref() == Some(**known));
        let Some(known) = known else {
            let name: String = name.unwrap_or_default().chars().take(NAME_MAX).collect();
            errors.add(&name, Some(Violation::UnknownField));
            continue;
        };
        if seen.contains(known) {
            let detail = "Give each parameter once.";
            return Err(ApiError::with_detail(ErrorCode::InvalidRequest, detail));
        }
        seen.push(*known);
        errors.add(
            known,
            text(value)
                .is_none()
                .then_some(Violation::InvalidCharacters),
        );
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid(errors))
    }
}

/// What an encoded name or value says, unless it holds bytes that no text holds.
fn text(encoded: &str) -> Option<String> {
    let text = String::from_utf8(percent::decode(encoded.as_bytes())).ok()?;
    // PostgreSQL stores no NUL, and nobody searches for the others.
    text.chars().all(|c| !c.is_control()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code of a refusal, and its first field.
    type Refusal<'a> = (ErrorCode, Option<(&'a str, Violation)>);

    #[track_caller]
    fn check(query: &str, expected: Result<(), Refusal<'_>>) {
        let request = Request::builder().uri_str(format!("/x?{query}")).finish();
        let refused = reject_unknown(&request, &["search", "limit"]).map_err(|refused| {
            let errors = refused.details.errors.unwrap_or_default();
            let first = errors.into_iter().next();
            (refused.code, first.map(|error| (error.field, error.rule)))
        });
        let expected = expected
            .map_err(|(code, first)| (code, first.map(|(field, rule)| (field.to_owned(), rule))));
        assert_eq!(refused, expected, "{query}");
    }

    fn invalid(query: &str, field: &str, rule: Violation) {
        let code = ErrorCode::ValidationFailed;
        check(query, Err((code, Some((field, rule)))));
    }

    #[test]
    fn what_is_listed_may_be_said_once() {
        for good in [
            "",
            "&",
            "limit=1",
            "search=a+b&limit=1",
            "search=%C3%A4",
            "%73earch=x",
            "search",
        ] {
            check(good, Ok(()));
        }
        for twice in ["limit=1&limit=1", "search=a&%73earch=b"] {
            check(twice, Err((ErrorCode::InvalidRequest, None)));
        }
    }

    #[test]
    fn everything_else_is_refused() {
        invalid("nonsense=1", "nonsense", Violation::UnknownField);
        invalid("Limit=1", "Limit", Violation::UnknownField);
        invalid("%ff=1", "", Violation::UnknownField);
        invalid(&"n".repeat(1000), &"n".repeat(64), Violation::UnknownField);
        for bad in ["search=%ff", "search=%00", "search=a%0Ab"] {
            invalid(bad, "search", Violation::InvalidCharacters);
        }
    }
}
