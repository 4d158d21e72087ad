//! What poem-openapi writes that OpenAPI does not allow, or that generators do not follow.

use serde_json::{Map, Value};

/// Mends a document, in all its depth.
pub fn repair(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(repair),
        Value::Object(fields) => {
            tell_reference_apart(fields);
            // No field of OpenAPI 3.0 may be null.
            fields.retain(|_, value| !value.is_null());
            spell_header(fields);
            fields.values_mut().for_each(repair);
        }
        _ => {}
    }
}

/// `allOf` of a reference and of what is said about it here: generators take that for a type of
/// its own, or for none. What is said goes beside it.
fn tell_reference_apart(fields: &mut Map<String, Value>) {
    let Some(Value::Array(all)) = fields.get_mut("allOf") else {
        return;
    };
    let is_pair = all.len() == 2 && all[0].get("$ref").is_some() && all[1].get("$ref").is_none();
    if let Some(Value::Object(said)) = all.pop_if(|_| is_pair) {
        fields.extend(said);
    }
}

/// Header names have any case on the wire, and one in print.
fn spell_header(fields: &mut Map<String, Value>) {
    if let Some(header) = fields.remove("SET-COOKIE") {
        fields.insert("Set-Cookie".to_owned(), header);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_reference_stands_alone_and_nothing_is_null() {
        let mut spec = json!({
            "properties": null,
            "user": {"allOf": [{"$ref": "#/User"}, {"description": "Who.", "title": null}]},
            "both": {"allOf": [{"$ref": "#/A"}, {"$ref": "#/B"}]},
            "headers": {"SET-COOKIE": {"required": true}},
        });
        repair(&mut spec);
        let mended = json!({
            "user": {"allOf": [{"$ref": "#/User"}], "description": "Who."},
            "both": {"allOf": [{"$ref": "#/A"}, {"$ref": "#/B"}]},
            "headers": {"Set-Cookie": {"required": true}},
        });
        assert_eq!(spec, mended);
    }
}
