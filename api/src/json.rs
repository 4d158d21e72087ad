//! JSON, strictly: it says one thing, has exactly the fields that were asked for with the types they
//! were asked for, and keeps the contract's own rules. Bodies are read so, and files.

mod fields;
mod syntax;

use serde::de::DeserializeOwned;
use shared::validate::{FieldErrors, Validate};

/// Why bytes are not what was asked for.
pub enum JsonError {
    /// They are not one JSON value, or one that could be read in two ways.
    Malformed,
    /// These fields break these rules.
    Invalid(FieldErrors),
}

/// One JSON object in UTF-8, each key once.
pub fn read<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, JsonError> {
    syntax::check(bytes).map_err(|()| JsonError::Malformed)?;
    let value: T = fields::read(bytes).map_err(JsonError::Invalid)?;
    let errors = value.validate();
    if errors.is_empty() {
        Ok(value)
    } else {
        Err(JsonError::Invalid(errors))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_levels_are_deep_enough() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(syntax::check(nested(16).as_bytes()), Ok(()));
        assert_eq!(syntax::check(nested(17).as_bytes()), Err(()));
        let twice_below = br#"[[{"a":{"b":1,"b":1}}]]"#;
        assert_eq!(syntax::check(twice_below), Err(()));
    }
}
