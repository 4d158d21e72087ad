use super::logout::{COOKIE_SCHEME, register_cookie};
use crate::http::request::cookie;
use crate::http::state;
use poem::{Request, RequestBody};
use poem_openapi::registry::Registry;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

/// The refresh token that a request brings, not yet judged; `None` where it brings none.
pub struct RefreshCookie(pub Option<String>);

impl<'a> ApiExtractor<'a> for RefreshCookie {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_cookie(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![COOKIE_SCHEME]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let public_url = &state(request).config.public_url;
        let token = cookie::read_refresh(request.headers(), public_url)?;
        Ok(Self(token.map(str::to_owned)))
    }
}
