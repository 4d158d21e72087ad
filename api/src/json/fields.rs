//! Exactly the fields that were asked for. serde says in words what is wrong; here it becomes a
//! field and a rule.

use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::validate::{FieldError, FieldErrors, Violation};
use std::collections::HashMap;

/// A name that nobody asked for is repeated only so far.
const NAME_MAX: usize = 64;

/// Reads bytes that are known to be JSON.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, FieldErrors> {
    // serde would also take an array for a struct, field by field.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(one("body", Violation::WrongType));
    }
    // serde would take null for a field that is absent; no field of ours can be null.
    let fields = serde_json::from_slice::<HashMap<String, Value>>(bytes).unwrap_or_default();
    if let Some((null, _)) = fields.iter().find(|(_, value)| value.is_null()) {
        return Err(one(null, Violation::WrongType));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let message = error.inner().to_string();
        let (rule, named) = if message.starts_with("missing field") {
            (Violation::Required, quoted(&message))
        } else if message.starts_with("unknown field") {
            (Violation::UnknownField, quoted(&message))
        } else {
            (Violation::WrongType, None)
        };
        one(named.unwrap_or(&path), rule)
    })
}

fn quoted(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once('`')?;
    // The name itself may hold a quote: what follows it in serde's words does not.
    let end = rest.rfind("`, expected").or_else(|| rest.find('`'))?;
    rest.get(..end)
}

fn one(field: &str, rule: Violation) -> FieldErrors {
    let printable = field.chars().filter(|c| !c.is_control());
    let field: String = printable.take(NAME_MAX).collect();
    FieldErrors(vec![FieldError::new(field, rule)])
}
