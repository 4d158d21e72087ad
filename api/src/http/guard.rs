//! Who may call: types in a handler's signature, which the spec shows as its security.

mod cookie;
mod logout;

pub use cookie::RefreshCookie;
pub use logout::LogoutCredentials;

use super::request::bearer;
use super::response::problem::{ApiError, ErrorDetails};
use super::state;
use crate::auth::account::admin::Actor;
use crate::auth::client_info::ClientInfo;
use crate::auth::token::access::AccessError;
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use shared::claims::AccessClaims;
use shared::error_code::ErrorCode;
use shared::role::{Permission, has_permission};
use std::sync::Arc;

/// The name of the scheme in the spec.
pub const BEARER_SCHEME: &str = "access_token";

/// Somebody who is signed in.
pub struct AuthUser(pub Arc<AccessClaims>);

/// Somebody who may look after other people's accounts.
pub struct AdminUser(Arc<AccessClaims>);

impl AdminUser {
    /// Them, at that client.
    pub fn actor<'a>(&'a self, caller: &'a ClientInfo) -> Actor<'a> {
        let claims = &self.0;
        Actor { claims, caller }
    }
}

/// The claims of the access token that a request brings.
fn claims(request: &Request) -> Result<Arc<AccessClaims>, ApiError> {
    let token = bearer::token(request)?;
    let token = token.ok_or_else(|| ApiError::new(ErrorCode::MissingToken))?;
    let app = state(request);
    app.access.verify(token, app.clock.now()).map_err(|error| {
        let (code, reason) = match error {
            AccessError::Expired => (ErrorCode::TokenExpired, None),
            AccessError::Invalid => (ErrorCode::InvalidToken, None),
            AccessError::Revoked(reason) => (ErrorCode::SessionRevoked, reason),
        };
        let details = ErrorDetails::ended(reason);
        ApiError { code, details }
    })
}

fn register_bearer(registry: &mut Registry) {
    registry.create_security_scheme(
        BEARER_SCHEME,
        MetaSecurityScheme {
            ty: "http",
            description: Some("The access token of a sign-in or a refresh"),
            name: None,
            key_in: None,
            scheme: Some("bearer"),
            bearer_format: Some("JWT"),
            flows: None,
            openid_connect_url: None,
        },
    );
}

impl<'a> ApiExtractor<'a> for AuthUser {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_bearer(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER_SCHEME]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self(claims(request)?))
    }
}

impl<'a> ApiExtractor<'a> for AdminUser {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_bearer(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![BEARER_SCHEME]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let claims = claims(request)?;
        if has_permission(&claims.roles, Permission::ManageUsers) {
            Ok(Self(claims))
        } else {
            Err(ApiError::new(ErrorCode::InsufficientScope).into())
        }
    }
}
