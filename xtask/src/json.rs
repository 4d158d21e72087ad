//! As much of JSON as is needed to write a document and to find a string in what our own API wrote.

/// A string.
pub fn text(value: &str) -> String {
    let mut quoted = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c < ' ' => quoted.extend(format!("\\u{:04x}", u32::from(c)).chars()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// An object of values that are JSON already.
pub fn object(fields: &[(&str, String)]) -> String {
    let fields = fields
        .iter()
        .map(|(name, value)| format!("{}:{value}", text(name)));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

/// A list of values that are JSON already, one a line, so that two releases can be compared.
pub fn list(values: impl IntoIterator<Item = String>) -> String {
    let values: Vec<_> = values.into_iter().collect();
    format!("[\n{}\n]", values.join(",\n"))
}

/// The string behind `"name":`, where nothing in it is escaped.
pub fn find<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("\"{name}\":\""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted() {
        assert_eq!(text("a\"b\\c\nd"), r#""a\"b\\c\u000ad""#);
    }

    #[test]
    fn a_string_is_found_by_its_name() {
        let text = r#"{"a":"1","ip":"127.0.0.1"}"#;
        assert_eq!(find(text, "ip"), Some("127.0.0.1"));
        assert_eq!(find(text, "b"), None);
    }
}
