//! Headers that are lists (RFC 9110, section 5.6.1).

use poem::http::{HeaderMap, HeaderName};

/// The elements of all lines of a header, in order, without the empty ones. A comma between double
/// quotes separates nothing. A line that is no text has no elements.
pub fn elements(headers: &HeaderMap, name: impl Into<HeaderName>) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(name.into()).into_iter();
    let lines = lines.filter_map(|line| line.to_str().ok());
    let parts = lines.flat_map(|line| {
        let mut quoted = false;
        line.split(move |c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        })
    });
    parts
        .map(|part| part.trim_matches([' ', '\t']))
        .filter(|part| !part.is_empty())
}

/// An element and its weight in thousandths (RFC 9110, section 12.4.2); `None` where the weight
/// is none.
pub fn weighted(element: &str) -> Option<(&str, u16)> {
    let Some((value, weight)) = element.split_once(';') else {
        return Some((element, 1000));
    };
    let weight = weight.trim_matches([' ', '\t']);
    let number = weight
        .strip_prefix("q=")
        .or_else(|| weight.strip_prefix("Q="))?;
    Some((value.trim_end_matches([' ', '\t']), thousandths(number)?))
}

/// `0` to `1` with at most three digits behind the point.
fn thousandths(number: &str) -> Option<u16> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let part: u16 = format!("{fraction:0<3}").parse().ok().filter(|_| digits)?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use poem::http::header;

    #[test]
    fn a_list_may_have_several_lines_empty_elements_and_quoted_commas() {
        let mut headers = HeaderMap::new();
        for line in [r#"a, ,"b,c" ,"#, "\t d\t", r#""e"#, "f"] {
            headers.append(header::IF_NONE_MATCH, line.parse().expect("it is a header"));
        }
        let found: Vec<_> = elements(&headers, header::IF_NONE_MATCH).collect();
        assert_eq!(found, ["a", r#""b,c""#, "d", r#""e"#, "f"]);
    }

    #[test]
    fn a_weight_is_read_in_every_spelling_and_nothing_else_is_one() {
        for (element, expected) in [
            ("gzip", Some(("gzip", 1000))),
            ("gzip;q=0", Some(("gzip", 0))),
            ("gzip ; Q=0.000", Some(("gzip", 0))),
            ("gzip;\tq=0.5", Some(("gzip", 500))),
            ("gzip;q=0.05", Some(("gzip", 50))),
            ("gzip;q=1.000", Some(("gzip", 1000))),
            ("gzip;q=1.", Some(("gzip", 1000))),
            ("gzip;q=1.001", None),
            ("gzip;q=0.0001", None),
            ("gzip;q=-1", None),
            ("gzip;q=0.+1", None),
            ("gzip;q=", None),
            ("gzip;level=1", None),
            ("gzip;q=0;q=1", None),
        ] {
            assert_eq!(weighted(element), expected, "{element}");
        }
    }
}
