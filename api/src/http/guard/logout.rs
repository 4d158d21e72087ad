use super::{BEARER_SCHEME, register_bearer};
use crate::http::request::bearer;
use crate::http::request::cookie;
use crate::http::state;
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use shared::error_code::ErrorCode;

/// The name of the scheme in the spec.
pub(super) const COOKIE_SCHEME: &str = "refresh_token";

/// Whatever somebody brings who wants to leave: a cookie, an access token, both, or neither.
/// Nothing of it is judged here, because leaving works with what is left.
pub struct LogoutCredentials {
    /// The refresh token.
    pub cookie: Option<String>,
    /// The access token; expired ones are welcome.
    pub bearer: Option<String>,
}

pub(super) fn register_cookie(registry: &mut Registry) {
    registry.create_security_scheme(
        COOKIE_SCHEME,
        MetaSecurityScheme {
            ty: "apiKey",
            description: Some("Over plain http, on loopback, the cookie is called `refresh-` and the port of the app's address, as in `refresh-8080`"),
            name: Some("__Host-Http-refresh"),
            key_in: Some("cookie"),
            scheme: None,
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        },
    );
}

impl<'a> ApiExtractor<'a> for LogoutCredentials {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_cookie(registry);
        register_bearer(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![COOKIE_SCHEME, BEARER_SCHEME]
    }

    /// Who brings neither has left already.
    fn has_security_fallback() -> bool {
        true
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let public_url = &state(request).config.public_url;
        let cookie = cookie::read_refresh(request.headers(), public_url)?;
        let bearer = bearer::token(request).or_else(|refused| match refused.code {
            ErrorCode::InvalidToken => Ok(None),
            _ => Err(refused),
        })?;
        Ok(Self {
            cookie: cookie.map(str::to_owned),
            bearer: bearer.map(str::to_owned),
        })
    }
}
