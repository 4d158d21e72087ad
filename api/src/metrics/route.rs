//! Which route a call took, by its template: an address that a client made up is no label.

use shared::endpoint;

/// Routes beside the endpoints of the contract.
const BESIDE: [&str; 7] = [
    "/healthz",
    "/readyz",
    "/.well-known/jwks.json",
    "/.well-known/change-password",
    "/.well-known/security.txt",
    "/api/docs",
    "/api/openapi.json",
];
/// What is below these and has no route does not exist.
const OURS: [&str; 4] = ["api", ".well-known", "healthz", "readyz"];
/// The files of the app, all together.
const PAGE: usize = endpoint::ALL.len() + BESIDE.len();
/// Anything else.
const OTHER: usize = PAGE + 1;

/// The route of a call, for counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteLabel(usize);

impl RouteLabel {
    /// How many there are.
    pub(super) const COUNT: usize = OTHER + 1;

    /// The route of that method and path.
    pub fn of(method: &str, path: &str) -> Self {
        let method = if method == "HEAD" { "GET" } else { method };
        let find = |fits: &dyn Fn(&endpoint::Endpoint) -> bool| {
            let fits = |one: &endpoint::Endpoint| one.method.as_str() == method && fits(one);
            endpoint::ALL.iter().position(fits)
        };
        // Most paths are their own template, which is told by comparing them.
        let known = find(&|one| one.path == path).or_else(|| find(&|one| one.matches(path)));
        let beside = || extra_route(path).map(|place| endpoint::ALL.len() + place);
        let get = method == "GET";
        let rest = if get && !is_api_path(path) {
            PAGE
        } else {
            OTHER
        };
        Self(known.or_else(|| beside().filter(|_| get)).unwrap_or(rest))
    }

    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    pub(super) const fn place(self) -> usize {
        self.0
    }

    /// Its method and its template.
    pub fn labels(self) -> (&'static str, &'static str) {
        let known = endpoint::ALL.get(self.0);
        let known = known.map(|endpoint| (endpoint.method.as_str(), endpoint.path));
        known.unwrap_or_else(|| match self.0 {
            OTHER => ("other", "other"),
            PAGE => ("GET", "page"),
            beside => ("GET", BESIDE[beside - endpoint::ALL.len()]),
        })
    }
}

fn extra_route(path: &str) -> Option<usize> {
    BESIDE.iter().position(|one| *one == path)
}

/// Whether it is a route of ours that is not in the contract.
pub fn is_extra_route(path: &str) -> bool {
    extra_route(path).is_some()
}

/// Whether the API answers for that path, and not the app.
pub fn is_api_path(path: &str) -> bool {
    let is_below = |one: &&str| {
        let rest = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(*one));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    OURS.iter().any(is_below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_told_from_the_others() {
        for endpoint in endpoint::ALL {
            let route = RouteLabel::of(endpoint.method.as_str(), &endpoint.with_id("0123abcd"));
            assert_eq!(route.labels(), (endpoint.method.as_str(), endpoint.path));
        }
        for path in BESIDE {
            assert_eq!(RouteLabel::of("GET", path).labels(), ("GET", path));
        }
        let mut labels: Vec<_> = RouteLabel::all().map(RouteLabel::labels).collect();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), RouteLabel::COUNT);
    }

    #[test]
    fn what_a_client_makes_up_is_no_label() {
        for (method, path) in [
            ("GET", "/api/nothing"),
            ("BREW", "/api/me"),
            ("POST", "/healthz"),
            ("POST", "/"),
            ("GET", "/api/me/sessions/a/b"),
        ] {
            assert_eq!(RouteLabel::of(method, path).labels(), ("other", "other"));
        }
        for path in [
            "/",
            "/profile",
            "/app-0123.js",
            "nonsense",
            "/apis",
            "/healthzy",
        ] {
            assert_eq!(RouteLabel::of("GET", path).labels(), ("GET", "page"));
        }
        assert_eq!(
            RouteLabel::of("HEAD", "/api/me").labels(),
            ("GET", "/api/me")
        );
    }
}
