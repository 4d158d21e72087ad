//! Parameters of a media type (RFC 9110, sections 5.6.6 and 8.3.1).

use std::borrow::Cow;

/// The first parameter, its name and its value, and what is behind it; an empty one has an empty
/// name. `None` where it is none.
pub fn parameter(text: &str) -> Option<(&str, Cow<'_, str>, &str)> {
    if text.is_empty() || text.starts_with(';') {
        return Some(("", Cow::Borrowed(""), text));
    }
    let (name, rest) = token(text)?;
    let rest = rest.strip_prefix('=')?;
    if let Some(quoted) = rest.strip_prefix('"') {
        let (value, after) = unquote(quoted)?;
        return Some((name, Cow::Owned(value), after));
    }
    let (value, after) = token(rest)?;
    Some((name, Cow::Borrowed(value), after))
}

/// The token that a text begins with.
fn token(text: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// What stands before the closing quote, and what behind it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(chars.next()?.1),
            c => value.push(c),
        }
    }
    None
}
