//! The origin that browsers see.

/// Scheme, name and port, without anything behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Takes `https://app.example.org`, with a port if it has one.
    pub fn parse(url: &str) -> Result<Self, String> {
        let url = url.strip_suffix('/').unwrap_or(url);
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|it| url.strip_prefix(it));
        let is_part = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        match rest {
            Some(rest) if !rest.is_empty() && rest.chars().all(is_part) => Ok(Self(url.to_owned())),
            _ => Err(format!(
                "`{url}` is no origin; write it like https://app.example.org"
            )),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether it is this machine, as far as its name tells.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host == "localhost" || host.starts_with("127.") || host == "[::1]"
    }

    /// The name without the port.
    pub fn host(&self) -> &str {
        let authority = self.authority();
        match authority.rsplit_once(':') {
            Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) => host,
            _ => authority,
        }
    }

    /// The port, written or not.
    pub fn port(&self) -> &str {
        let written = self.authority().strip_prefix(self.host());
        let written = written.and_then(|rest| rest.strip_prefix(':'));
        written.unwrap_or(if self.is_https() { "443" } else { "80" })
    }

    /// The name and the port of a TLS connection.
    pub fn tls(&self) -> String {
        format!("{}:{}", self.host(), self.port())
    }

    fn authority(&self) -> &str {
        let (_, authority) = self.0.split_once("://").unwrap_or_default();
        authority
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_its_parts() {
        for (url, host, tls, loopback) in [
            ("https://a.example/", "a.example", "a.example:443", false),
            (
                "https://a.example:8443",
                "a.example",
                "a.example:8443",
                false,
            ),
            ("http://127.0.0.1:8000", "127.0.0.1", "127.0.0.1:8000", true),
            ("http://[::1]:8000", "[::1]", "[::1]:8000", true),
            ("http://localhost", "localhost", "localhost:80", true),
        ] {
            let address = Address::parse(url).expect("BUG: it is good");
            assert_eq!(address.host(), host);
            assert_eq!(address.tls(), tls);
            assert_eq!(address.is_loopback(), loopback);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for url in [
            "a.example",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://a b",
        ] {
            assert!(Address::parse(url).is_err(), "{url}");
        }
    }
}
