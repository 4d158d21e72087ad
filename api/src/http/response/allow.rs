//! Which methods a path has, for who tried another.

use poem::http::Method;

/// What a path would have allowed, for the `Allow` header (RFC 9110, section 15.5.6).
pub fn allowed_methods(path: &str) -> String {
    let known = shared::endpoint::ALL
        .iter()
        .filter(|endpoint| endpoint.matches(path));
    let mut methods: Vec<_> = known.map(|endpoint| endpoint.method.as_str()).collect();
    if methods.is_empty() || methods.contains(&Method::GET.as_str()) {
        methods.retain(|method| *method != "GET");
        methods.splice(0..0, ["GET", "HEAD"]);
    }
    methods.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_methods() {
        assert_eq!(allowed_methods("/api/auth/login"), "POST");
        assert_eq!(allowed_methods("/api/me"), "GET, HEAD, PATCH");
        assert_eq!(allowed_methods("/api/admin/users/abc"), "GET, HEAD, PATCH");
        assert_eq!(allowed_methods("/api/admin/users/abc/sessions"), "DELETE");
        assert_eq!(allowed_methods("/healthz"), "GET, HEAD");
    }
}
