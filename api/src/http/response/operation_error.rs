//! What an operation can refuse with: an enum that lists exactly its codes, so that neither the
//! handler nor the spec can say anything else.

use poem_openapi::registry::{
    MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef,
};
use poem_openapi::types::Type;
use shared::error_code::ErrorCode;
use shared::problem::{PROBLEM_JSON, Problem};

/// Codes that the edge gives before a handler runs, by what the operation is.
pub mod common {
    use crate::http::ErrorCode::{
        self, InsufficientScope, InternalError, InvalidRequest, InvalidToken, MalformedBody,
        MisdirectedRequest, MissingToken, OriginForbidden, PayloadTooLarge, RefreshInvalid,
        SessionRevoked, TokenExpired, UnsupportedMediaType, ValidationFailed,
    };

    /// Every operation: it names one host, and this one.
    pub const ANY: &[ErrorCode] = &[InternalError, InvalidRequest, MisdirectedRequest];
    /// Operations that change something.
    pub const UNSAFE: &[ErrorCode] = &[OriginForbidden];
    /// Operations that read a body.
    pub const BODY: &[ErrorCode] = &[
        MalformedBody,
        PayloadTooLarge,
        UnsupportedMediaType,
        ValidationFailed,
    ];
    /// Operations that want an access token.
    pub const BEARER: &[ErrorCode] = &[MissingToken, TokenExpired, InvalidToken, SessionRevoked];
    /// Operations that want a permission besides.
    pub const PERMISSION: &[ErrorCode] = &[InsufficientScope];
    /// Operations that read the refresh cookie.
    pub const COOKIE: &[ErrorCode] = &[RefreshInvalid];
    /// Operations that read the query.
    pub const QUERY: &[ErrorCode] = &[ValidationFailed];
}

/// The responses of those codes, one a status, for the spec.
pub fn meta(groups: &[&[ErrorCode]]) -> MetaResponses {
    let mut codes: Vec<ErrorCode> = groups.concat();
    codes.sort_by_key(|code| (code.status(), format!("{code:?}")));
    codes.dedup();
    let by_status = codes.chunk_by(|a, b| a.status() == b.status());
    MetaResponses {
        responses: by_status.map(response).collect(),
    }
}

fn response(codes: &[ErrorCode]) -> MetaResponse {
    let status = codes[0].status();
    let lines = codes.iter().map(|code| {
        let name = serde_json::to_value(code).expect("BUG: a code is a string");
        format!("{}: {}", name.as_str().unwrap_or_default(), code.title())
    });
    let mut headers = Vec::new();
    if status == 401 {
        headers.push(header("WWW-Authenticate", "string"));
    }
    if matches!(status, 429 | 503) {
        headers.push(header("Retry-After", "integer"));
    }
    MetaResponse {
        // The registry wants texts that live as long as the program; the spec is made once.
        description: String::leak(lines.collect::<Vec<_>>().join(". ")),
        status: Some(status),
        status_range: None,
        content: vec![MetaMediaType {
            content_type: PROBLEM_JSON,
            schema: Problem::schema_ref(),
        }],
        headers,
    }
}

fn header(name: &str, kind: &'static str) -> MetaHeader {
    MetaHeader {
        name: name.to_owned(),
        description: None,
        required: true,
        deprecated: false,
        schema: MetaSchemaRef::Inline(Box::new(MetaSchema::new(kind))),
    }
}

/// Declares the refusals of an operation: its own codes, then the groups of [`common`] it is in.
/// `from Outage` makes an outage of the database the code `Unavailable`.
macro_rules! operation_errors {
    ($(#[$doc:meta])* $name:ident $(from $outage:ident)?: [$($code:ident),*] + [$($group:ident),*]) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {
            $(
                #[doc = concat!("`", stringify!($code), "`")]
                $code($crate::http::response::problem::ErrorDetails),
            )*
        }

        impl From<$name> for poem::Error {
            fn from(refusal: $name) -> Self {
                match refusal {
                    $($name::$code(details) => {
                        let code = shared::error_code::ErrorCode::$code;
                        $crate::http::response::problem::ApiError { code, details }.into()
                    })*
                }
            }
        }

        $(
            impl From<$crate::db::$outage> for $name {
                fn from(_: $crate::db::$outage) -> Self {
                    Self::Unavailable(Default::default())
                }
            }
        )?

        impl poem_openapi::ApiResponse for $name {
            fn meta() -> poem_openapi::registry::MetaResponses {
                $crate::http::response::operation_error::meta(&[
                    &[$(shared::error_code::ErrorCode::$code),*],
                    $crate::http::response::operation_error::common::ANY,
                    $($crate::http::response::operation_error::common::$group),*
                ])
            }

            fn register(registry: &mut poem_openapi::registry::Registry) {
                <shared::problem::Problem as poem_openapi::types::Type>::register(registry);
            }
        }
    };
}
pub(crate) use operation_errors;
