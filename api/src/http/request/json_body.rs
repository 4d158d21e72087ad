//! Bodies, strictly: the right media type, a bounded size, JSON that says one thing, exactly the
//! fields that were asked for with the types they were asked for, and the contract's own rules.

use super::media_type;
use crate::http::response::problem::ApiError;
use crate::json::{self, JsonError};
use poem::error::ReadBodyError;
use poem::http::{HeaderMap, header};
use poem::{Body, Request, RequestBody};
use poem_openapi::payload::{ParsePayload, Payload};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry};
use poem_openapi::types::Type;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde::de::DeserializeOwned;
use shared::error_code::ErrorCode;
use shared::validate::Validate;

/// The largest body, in bytes.
pub const BODY_MAX: usize = 16 * 1024;

/// A JSON body that keeps every rule of its type.
pub struct JsonBody<T>(pub T);

/// What a body can be: anything that serde reads, the spec shows and the contract validates.
pub trait StrictBody: DeserializeOwned + Validate + Type + Send {}
impl<T: DeserializeOwned + Validate + Type + Send> StrictBody for T {}

/// Whether a `Content-Type` is JSON in UTF-8 (RFC 8259, section 8.1). JSON has no parameters, so
/// whoever reads it passes over those that are there, except where one names another charset.
pub fn is_json(content_type: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content_type) else {
        return false;
    };
    let (kind, mut rest) = text.split_at(text.find(';').unwrap_or(text.len()));
    if !kind.trim_ascii().eq_ignore_ascii_case("application/json") {
        return false;
    }
    while let Some(parameter) = rest.strip_prefix(';') {
        match media_type::parameter(parameter.trim_ascii_start()) {
            Some((name, value, _))
                if name.eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8") =>
            {
                return false;
            }
            Some((.., after)) => rest = after.trim_ascii_start(),
            None => return false,
        }
    }
    rest.is_empty()
}

impl<T: Type + Send> Payload for JsonBody<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: StrictBody> ParsePayload for JsonBody<T> {
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> poem::Result<Self> {
        if !is_plain_json(request.headers()) {
            let detail = "Send the body as Content-Type: application/json, not compressed.";
            return Err(ApiError::with_detail(ErrorCode::UnsupportedMediaType, detail).into());
        }
        let bytes = read(request, body.take()?).await?;
        Ok(Self(parse(&bytes)?))
    }
}

/// One media type, and no coding: nothing here unpacks (RFC 9110, section 15.5.16).
fn is_plain_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let json = types.next().is_some_and(|value| is_json(value.as_bytes()));
    json && types.next().is_none() && !headers.contains_key(header::CONTENT_ENCODING)
}

/// Reads at most [`BODY_MAX`] bytes, whatever the client says of the length.
async fn read(request: &Request, body: Body) -> Result<Vec<u8>, ApiError> {
    let too_large = || ApiError::with_detail(ErrorCode::PayloadTooLarge, "Send at most 16 KiB.");
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > BODY_MAX as u64) {
        return Err(too_large());
    }
    match body.into_bytes_limit(BODY_MAX).await {
        Ok(bytes) => Ok(bytes.into()),
        Err(ReadBodyError::PayloadTooLarge) => Err(too_large()),
        Err(_) => Err(ApiError::new(ErrorCode::MalformedBody)),
    }
}

fn parse<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, ApiError> {
    json::read(bytes).map_err(|error| match error {
        JsonError::Malformed => {
            let detail = "Send one JSON object in UTF-8, each key once.";
            ApiError::with_detail(ErrorCode::MalformedBody, detail)
        }
        JsonError::Invalid(errors) => ApiError::invalid(errors),
    })
}

impl<'a, T: StrictBody> ApiExtractor<'a> for JsonBody<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: Self::CONTENT_TYPE,
                schema: Self::schema_ref(),
            }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        <Self as ParsePayload>::from_request(request, body).await
    }
}

#[cfg(test)]
mod tests;
