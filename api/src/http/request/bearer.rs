//! The `Authorization` header, strictly (RFC 6750, section 2.1).

use crate::http::response::problem::ApiError;
use poem::Request;
use poem::http::header;
use shared::error_code::ErrorCode;

/// Longer tokens are refused unread.
const TOKEN_MAX: usize = 4096;

/// The access token of a request; `None` where it brings none.
///
/// Two headers, or a token in the query beside one, contradict each other. A token in the query
/// alone is no credential: addresses are logged and remembered.
pub fn token(request: &Request) -> Result<Option<&str>, ApiError> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION).iter();
    let Some(value) = headers.next() else {
        return Ok(None);
    };
    if headers.next().is_some() {
        let detail = "Send one Authorization header.";
        return Err(ApiError::with_detail(ErrorCode::InvalidRequest, detail));
    }
    let in_query = |pair: &str| pair.split('=').next() == Some("access_token");
    if request
        .uri()
        .query()
        .is_some_and(|query| query.split('&').any(in_query))
    {
        let detail = "Send the token in the Authorization header alone.";
        return Err(ApiError::with_detail(ErrorCode::InvalidRequest, detail));
    }
    parse(value.as_bytes())
}

pub(crate) fn parse(value: &[u8]) -> Result<Option<&str>, ApiError> {
    let Some((scheme, rest)) = value.split_at_checked(6) else {
        return Ok(None);
    };
    if !scheme.eq_ignore_ascii_case(b"bearer") || rest.first().is_some_and(|byte| *byte != b' ') {
        return Ok(None);
    }
    // One blank or more (RFC 6750, section 2.1).
    let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
    let token = &rest[blanks..];
    let good = !token.is_empty() && token.len() <= TOKEN_MAX && is_allowed(token);
    let token = std::str::from_utf8(token).ok().filter(|_| good);
    token
        .map(Some)
        .ok_or_else(|| ApiError::new(ErrorCode::InvalidToken))
}

/// Whether it has the bytes of a token (RFC 6750, section 2.1). Looks at all of them and branches
/// at none, so that sixteen are looked at together; it is asked at every call.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "the lazy ones branch, and then one byte is looked at after the other"
)]
fn is_allowed(token: &[u8]) -> bool {
    let one = |byte: u8| {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        // `-`, `.`, `/`, and the digits behind them
        let digit = byte.wrapping_sub(b'-') <= b'9' - b'-';
        letter | digit | (byte == b'_') | (byte == b'~') | (byte == b'+') | (byte == b'=')
    };
    token.iter().fold(true, |good, byte| good & one(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_spelling_is_a_bearer_token() {
        let invalid = Err(ErrorCode::InvalidToken);
        let long = format!("Bearer {}", "a".repeat(4097));
        for (value, expected) in [
            ("Bearer abc.def-_~+/=", Ok(Some("abc.def-_~+/="))),
            ("bearer abc", Ok(Some("abc"))),
            ("BEARER abc", Ok(Some("abc"))),
            ("Basic YTpi", Ok(None)),
            ("", Ok(None)),
            ("Bear", Ok(None)),
            ("Bearers abc", Ok(None)),
            ("Bearer", invalid),
            ("Bearer ", invalid),
            ("Bearer  abc", Ok(Some("abc"))),
            ("Bearer \tabc", invalid),
            ("Bearer abc ", invalid),
            ("Bearer a b", invalid),
            ("Bearer a,b", invalid),
            ("Bearer ä", invalid),
            (&long, invalid),
        ] {
            let parsed = parse(value.as_bytes()).map_err(|refused| refused.code);
            assert_eq!(parsed, expected, "{value}");
        }
    }

    #[test]
    fn of_all_bytes_those_of_the_grammar_are_allowed() {
        for byte in 0..=u8::MAX {
            let good = byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
            assert_eq!(is_allowed(&[b'a', byte]), good, "{byte}");
        }
    }

    #[test]
    fn contradictions_are_refused() {
        let code = |request: &Request| token(request).map_err(|refused| refused.code).err();
        let twice = Request::builder()
            .header("authorization", "Bearer a")
            .header("authorization", "Bearer b")
            .finish();
        assert_eq!(code(&twice), Some(ErrorCode::InvalidRequest));
        let beside = Request::builder()
            .uri_str("/api/me?x=1&access_token=b")
            .header("authorization", "Bearer a")
            .finish();
        assert_eq!(code(&beside), Some(ErrorCode::InvalidRequest));
        let query_alone = Request::builder()
            .uri_str("/api/me?access_token=b")
            .finish();
        assert!(matches!(token(&query_alone), Ok(None)));
    }
}
