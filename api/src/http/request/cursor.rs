//! Where a page of events goes on.

use crate::auth::audit::query::parse_cursor;
use crate::db::event::Cursor;
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromParameter, ParseResult, Type};
use std::borrow::Cow;

/// The `next` of the page before.
pub struct EventCursor(Cursor);

impl EventCursor {
    /// The place it names.
    pub fn cursor(self) -> Cursor {
        self.0
    }
}

impl Type for EventCursor {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "Before".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        let mut schema = MetaSchema::new("string");
        schema.pattern = Some("^[0-9]{1,18}-[0-9]{1,18}$".to_owned());
        MetaSchemaRef::Inline(Box::new(schema))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::once(self))
    }
}

impl ParseFromParameter for EventCursor {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        let place = parse_cursor(value);
        place
            .map(Self)
            .ok_or_else(|| ParseError::custom("not the `next` of a page"))
    }
}
