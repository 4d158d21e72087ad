//! Percent-encoding (RFC 3986, section 2.1), as a lenient parser would undo it.

/// The bytes with every complete `%xx` decoded; anything else stays.
pub fn decode(mut rest: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(rest.len());
    while let Some((&byte, tail)) = rest.split_first() {
        if let (b'%', Some(escaped)) = (byte, escaped(tail)) {
            decoded.push(escaped);
            rest = &tail[2..];
        } else {
            decoded.push(byte);
            rest = tail;
        }
    }
    decoded
}

fn escaped(tail: &[u8]) -> Option<u8> {
    let &[high, low, ..] = tail else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn only_complete_escapes_are_decoded() {
        for (encoded, decoded) in [
            (&b"plain"[..], &b"plain"[..]),
            (b"%48ost", b"Host"),
            (b"%c3%A4", "ä".as_bytes()),
            (b"%ff", b"\xff"),
            (b"%2525", b"%25"),
            (b"%", b"%"),
            (b"%4", b"%4"),
            (b"%4g", b"%4g"),
            (b"%+4", b"%+4"),
            (b"%%41", b"%A"),
        ] {
            assert_eq!(decode(encoded), decoded, "{encoded:?}");
        }
    }
}
