//! Opaque ids: 128 random bits, written as 32 hexadecimal digits.

/// Fills an array with random bytes of the operating system.
///
/// # Panics
/// If the operating system has none; no safe operation is possible then.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// A new id.
pub fn generate() -> String {
    hex(&random::<16>())
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// The bytes of an id; `None` unless it is 32 lower-case hexadecimal digits.
pub fn parse(id: &str) -> Option<[u8; 16]> {
    let digits = id.as_bytes();
    if digits.len() != 32 {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_its_bytes() {
        let id = generate();
        assert_eq!(hex(&parse(&id).expect("it is an id")), id);
        for bad in ["", "0", &"G".repeat(32), &"A".repeat(32), &"0".repeat(33)] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
