//! How the secrets of the contract look in the generated spec: strings.

use crate::auth::AccessToken;
use crate::password::Password;
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type};
use std::borrow::Cow;

macro_rules! secret_string {
    ($secret:ty, $name:literal, $format:literal, $wrap:expr, $expose:expr) => {
        impl Type for $secret {
            const IS_REQUIRED: bool = true;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                $name.into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", $format)))
            }

            fn as_raw_value(&self) -> Option<&Self::RawValueType> {
                Some(self)
            }

            fn raw_element_iter<'a>(
                &'a self,
            ) -> Box<dyn Iterator<Item = &'a Self::RawElementValueType> + 'a> {
                Box::new(std::iter::once(self))
            }
        }

        impl ParseFromJSON for $secret {
            fn parse_from_json(value: Option<serde_json::Value>) -> ParseResult<Self> {
                match value {
                    Some(serde_json::Value::String(text)) => Ok($wrap(text)),
                    _ => Err(ParseError::custom("a string is expected")),
                }
            }
        }

        impl ToJSON for $secret {
            fn to_json(&self) -> Option<serde_json::Value> {
                Some(serde_json::Value::String($expose(self)))
            }
        }
    };
}

secret_string!(
    Password,
    "Password",
    "password",
    Password::new,
    |secret: &Password| secret.expose().to_owned()
);
secret_string!(
    AccessToken,
    "AccessToken",
    "jwt",
    AccessToken,
    |secret: &AccessToken| secret.0.clone()
);
