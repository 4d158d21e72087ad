//! Where the person goes after signing in: `?next=`, and only to a page of ours.
//!
//! Nothing of the parameter is ever followed as it stands. Its path is looked up among our routes,
//! so it can lead nowhere else (open redirects: CWE-601); its query goes behind that route's path.

use crate::route::Route;
use crate::router::Address;
use client::query::{add, read};

const NAME: &str = "next";

/// The query that brings the person back to that address.
pub fn query(address: &Address) -> String {
    let mut query = String::new();
    add(
        &mut query,
        NAME,
        &[address.route.path(), &address.query].concat(),
    );
    query
}

/// The page that the query asks for, with what follows its path; or home.
pub fn target(query: &str) -> (Route, String) {
    wanted(query).unwrap_or((Route::Home, String::new()))
}

fn wanted(query: &str) -> Option<(Route, String)> {
    let address = read(query, NAME)?;
    let start = address.find('?').unwrap_or(address.len());
    let (path, query) = address.split_at(start);
    // What our own addresses are made of; all else is escaped in them.
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~%=&?+".contains(c);
    if !query.chars().all(plain) {
        return None;
    }
    let route = Route::of(path);
    route.is_private().then(|| (route, query.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, route: Route) {
        assert_eq!(target(query), (route, String::new()), "{query}");
    }

    #[test]
    fn the_query_of_a_page_comes_back_with_it() {
        for asked in ["", "?user=0b9&kind=signed_in", "?search=a%26b%3D%C3%BC"] {
            let address = Address {
                route: Route::Events,
                query: asked.to_owned(),
            };
            let back = target(&query(&address));
            assert_eq!(back, (Route::Events, asked.to_owned()));
        }
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
            "?next=/account%3Fa%23b",
            "?next=/account%3Fa%0d%0a",
            "?next=/account%23a",
            "?next=/nowhere%3F/account",
        ] {
            check(query, Route::Home);
        }
    }
}
