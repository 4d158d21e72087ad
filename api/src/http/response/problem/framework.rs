use super::ApiError;
use poem::Error;
use poem::error::{
    MethodNotAllowedError, NotFoundError, ParsePathError, ReadBodyError, SizedLimitError,
};
use poem::http::StatusCode;
use poem_openapi::error::{ContentTypeError, ParseParamError, ParsePathError as NoSuchPath};
use shared::error_code::ErrorCode;
use shared::validate::{FieldErrors, Violation};

impl ApiError {
    /// What an error of the framework means in our words.
    pub fn from_framework(error: &Error) -> Self {
        if let Some(refused) = error.downcast_ref::<Self>() {
            return refused.clone();
        }
        if let Some(parameter) = error.downcast_ref::<ParseParamError>() {
            let mut errors = FieldErrors::default();
            errors.add(parameter.name, Some(Violation::WrongType));
            return Self::invalid(errors);
        }
        if let Some(code) = known(error) {
            return Self::new(code);
        }
        match error.status() {
            StatusCode::SERVICE_UNAVAILABLE => Self::new(ErrorCode::Unavailable),
            status if status.is_client_error() => Self::new(ErrorCode::InvalidRequest),
            _ => {
                tracing::error!(%error, "an error that nobody expected");
                Self::new(ErrorCode::InternalError)
            }
        }
    }
}

fn known(error: &Error) -> Option<ErrorCode> {
    if error.is::<NotFoundError>() || error.is::<ParsePathError>() || error.is::<NoSuchPath>() {
        Some(ErrorCode::NotFound)
    } else if error.is::<MethodNotAllowedError>() {
        Some(ErrorCode::MethodNotAllowed)
    } else if error.is::<ContentTypeError>() {
        Some(ErrorCode::UnsupportedMediaType)
    } else if error.is::<SizedLimitError>() {
        Some(ErrorCode::PayloadTooLarge)
    } else if error.is::<ReadBodyError>() {
        Some(ErrorCode::MalformedBody)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: impl Into<Error>, expected: ErrorCode) {
        assert_eq!(ApiError::from_framework(&error.into()).code, expected);
    }

    #[test]
    fn what_the_framework_means_is_said_in_our_words() {
        check(NotFoundError, ErrorCode::NotFound);
        check(MethodNotAllowedError, ErrorCode::MethodNotAllowed);
        check(
            SizedLimitError::MissingContentLength,
            ErrorCode::PayloadTooLarge,
        );
        check(ReadBodyError::BodyHasBeenTaken, ErrorCode::MalformedBody);
        let name = "id";
        let reason = String::new();
        check(NoSuchPath { name, reason }, ErrorCode::NotFound);
        let status = |status| Error::from_string("the framework's own words", status);
        check(status(StatusCode::IM_A_TEAPOT), ErrorCode::InvalidRequest);
        check(
            status(StatusCode::SERVICE_UNAVAILABLE),
            ErrorCode::Unavailable,
        );
        check(status(StatusCode::BAD_GATEWAY), ErrorCode::InternalError);
    }

    #[test]
    fn what_we_refused_stays_as_it_is() {
        let ours = ApiError::with_detail(ErrorCode::RateLimited, "Wait.");
        let kept = ApiError::from_framework(&ours.into());
        assert_eq!(kept.details.detail, Some("Wait."));
    }

    #[test]
    fn a_parameter_of_another_type_is_named() {
        let name = "limit";
        let reason = "the framework's own words".to_owned();
        let refused = ApiError::from_framework(&ParseParamError { name, reason }.into());
        let errors = FieldErrors(refused.details.errors.unwrap_or_default());
        assert!(errors.has("limit", Violation::WrongType));
        assert_eq!(refused.details.detail, None);
    }
}
