//! Where the person goes after signing in: `?next=`, and only to a page of ours.
//!
//! Nothing of the parameter is ever followed as it stands. It is looked up among our routes, so it
//! can lead nowhere else (open redirects: CWE-601).

use crate::route::Route;

const NAME: &str = "next";

/// The query that brings the person back to that page.
pub fn query(route: Route) -> String {
    ["?", NAME, "=", &route.path().replace('/', "%2F")].concat()
}

/// The page that the query asks for, or home.
pub fn target(query: &str) -> Route {
    wanted(query).unwrap_or(Route::Home)
}

fn wanted(query: &str) -> Option<Route> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut values = pairs
        .filter(|(name, _)| *name == NAME)
        .map(|(_, value)| value);
    let value = values.next()?;
    let path = value.replace("%2F", "/").replace("%2f", "/");
    // All our private paths are plain: whoever needs more escapes than the slash's means another.
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-');
    if values.next().is_some() || !path.starts_with('/') || !path.chars().all(plain) {
        return None;
    }
    Some(Route::of(&path)).filter(|route| route.is_private())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, route: Route) {
        assert_eq!(target(query), route, "{query}");
    }

    #[test]
    fn the_page_where_the_person_was() {
        check("?next=%2Faccount", Route::Account);
        check("next=/admin/users", Route::Users);
        check("?a=b&next=/sessions", Route::Sessions);
    }

    #[test]
    fn nowhere_else() {
        for query in [
            "",
            "?next=",
            "?next=/",
            "?next=/sign-in",
            "?next=/nowhere",
            "?next=account",
            "?next=//evil.example/account",
            "?next=%2F%2Fevil.example",
            "?next=/\\evil.example",
            "?next=/%5Cevil.example",
            "?next=https://evil.example/account",
            "?next=javascript:alert(1)",
            "?next=/account%0d%0a",
            "?next=%252Faccount",
            "?next=/account/",
            "?next=/sessions&next=/account",
        ] {
            check(query, Route::Home);
        }
    }
}
