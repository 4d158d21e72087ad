//! What an access token says, read without trusting it: to show it, never to decide by it.

use serde::de::DeserializeOwned;
use shared::auth::AccessToken;
use shared::claims::AccessClaims;

/// The claims of the token (RFC 7519, section 3: the second part, base64url without padding).
pub(crate) fn decode(token: &AccessToken) -> Option<AccessClaims> {
    part(&token.0, 1)
}

fn part<T: DeserializeOwned>(token: &str, index: usize) -> Option<T> {
    let bytes = decoded(token.split('.').nth(index)?)?;
    // As every other answer is read, from text: a reader of bytes would be one more in the app.
    serde_json::from_str(str::from_utf8(&bytes).ok()?).ok()
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut pending, mut bits) = (0_u32, 0);
    for digit in text.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        pending = (pending << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            let [.., byte] = (pending >> bits).to_be_bytes();
            bytes.push(byte);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_read() {
        // RFC 7515, appendix A.1.1.
        let bytes = decoded("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9");
        assert_eq!(
            bytes.as_deref(),
            Some(b"{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}".as_slice())
        );
        assert_eq!(decoded("a+b/"), None, "that is another alphabet");
    }

    #[test]
    fn what_is_no_token_says_nothing() {
        assert_eq!(decode(&AccessToken("tell-nobody".to_owned())), None);
    }
}
