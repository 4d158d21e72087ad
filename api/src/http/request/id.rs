//! Ids in paths. What cannot be an id names nothing, and never reaches the database.

use crate::auth::random;
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromParameter, ParseResult, Type};
use std::borrow::Cow;
use std::ops::Deref;

/// An id of ours: 32 lower-case hexadecimal digits.
pub struct Id(String);

impl Id {
    /// Its digits.
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Type for Id {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "Id".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        let mut schema = MetaSchema::new("string");
        schema.pattern = Some("^[0-9a-f]{32}$".to_owned());
        MetaSchemaRef::Inline(Box::new(schema))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::once(self))
    }
}

impl ParseFromParameter for Id {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        if random::parse(value).is_none() {
            return Err(ParseError::custom("not an id"));
        }
        Ok(Self(value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_are_ids() {
        let parse = |text: &str| Id::parse_from_parameter(text).is_ok();
        let good = "0123456789abcdef0123456789abcdef";
        assert!(parse(good));
        for bad in ["", "nobody", "\0", &good[1..], &good.to_uppercase()] {
            assert!(!parse(bad), "{bad}");
        }
    }
}
