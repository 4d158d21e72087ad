//! The `Authorization` header, strictly (RFC 6750, section 2.1).

use super::problem::Refused;
use poem::Request;
use poem::http::header;
use shared::code::ErrorCode;

/// Longer tokens are refused unread.
const TOKEN_MAX: usize = 4096;

/// The bytes of a token (RFC 6750, section 2.1), as a table, because each of some 400 is looked at.
const ALLOWED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        table[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=');
        byte += 1;
    }
    table
};

/// The access token of a request; `None` where it brings none.
///
/// Two headers, or a token in the query beside one, contradict each other. A token in the query
/// alone is no credential: addresses are logged and remembered.
pub fn token(request: &Request) -> Result<Option<&str>, Refused> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION).iter();
    let Some(value) = headers.next() else {
        return Ok(None);
    };
    if headers.next().is_some() {
        let detail = "Send one Authorization header.";
        return Err(Refused::advise(ErrorCode::InvalidRequest, detail));
    }
    let in_query = |pair: &str| pair.split('=').next() == Some("access_token");
    if request
        .uri()
        .query()
        .is_some_and(|query| query.split('&').any(in_query))
    {
        let detail = "Send the token in the Authorization header alone.";
        return Err(Refused::advise(ErrorCode::InvalidRequest, detail));
    }
    parse(value.as_bytes())
}

pub(super) fn parse(value: &[u8]) -> Result<Option<&str>, Refused> {
    let Some((scheme, rest)) = value.split_at_checked(6) else {
        return Ok(None);
    };
    if !scheme.eq_ignore_ascii_case(b"bearer") || rest.first().is_some_and(|byte| *byte != b' ') {
        return Ok(None);
    }
    let token = rest.strip_prefix(b" ").unwrap_or_default();
    let good = !token.is_empty() && token.len() <= TOKEN_MAX && is_allowed(token);
    let token = std::str::from_utf8(token).ok().filter(|_| good);
    token
        .map(Some)
        .ok_or_else(|| Refused::new(ErrorCode::InvalidToken))
}

/// Looks at all of them: a loop that stops at the first wrong one takes twice as long.
fn is_allowed(token: &[u8]) -> bool {
    let both = |good, byte: &u8| good & ALLOWED[usize::from(*byte)];
    token.iter().fold(true, both)
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
            ("Bearer  abc", invalid),
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
