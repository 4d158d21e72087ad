//! Query strings, written and read. What one of the functions writes, the other reads.

/// Adds a parameter, unless it is empty.
pub fn add(query: &mut String, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    query.push(if query.is_empty() { '?' } else { '&' });
    query.push_str(name);
    query.push('=');
    query.push_str(&escape(value));
}

/// The parameter of that name. One that is empty, malformed or there twice is absent.
pub fn read(query: &str, name: &str) -> Option<String> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut values = pairs.filter(|pair| pair.0 == name).map(|pair| pair.1);
    let value = values.next().filter(|value| !value.is_empty())?;
    if values.next().is_some() {
        return None;
    }
    unescape(value)
}

/// All but RFC 3986's unreserved characters as `%XX`.
pub fn escape(value: &str) -> String {
    let mut escaped = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.push(hex_digit(byte >> 4));
            escaped.push(hex_digit(byte & 15));
        }
    }
    escaped
}

fn hex_digit(nibble: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(nibble & 15)])
}

/// Once: what it yields is not looked at for further escapes.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            nibble(rest.next()?)? << 4 | nibble(rest.next()?)?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

fn nibble(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for value in ["a", "a&b=c", "ü/?#%41+ ", "=&=", "100%"] {
            let mut query = String::new();
            add(&mut query, "x", "1");
            add(&mut query, "name", value);
            assert_eq!(read(&query, "name").as_deref(), Some(value), "{query}");
            assert!(query.is_ascii(), "{query}");
        }
    }

    #[test]
    fn what_is_malformed_or_ambiguous_is_absent() {
        for query in [
            "", "?", "?a", "?a=", "?a=1&a=2", "?a=%", "?a=%4", "?a=%zz", "?a=%ff", "?b=1",
        ] {
            assert_eq!(read(query, "a"), None, "{query}");
        }
        assert_eq!(read("a=%2541", "a").as_deref(), Some("%41"), "decoded once");
    }
}
