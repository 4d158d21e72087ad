use super::ConfigError;
use std::net::IpAddr;

const VARIABLE: &str = "PUBLIC_URL";

/// The origin that browsers see: scheme, host and port, nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    https: bool,
}

impl PublicUrl {
    /// Takes `https://host[:port]`, and `http://` for this machine alone: without TLS everybody
    /// on the way reads the tokens.
    pub fn parse(value: &str) -> Result<Self, ConfigError> {
        let origin = value.strip_suffix('/').unwrap_or(value);
        let form = "write it like https://app.example.org, without a path";
        let malformed = || ConfigError::new(VARIABLE, "is not an origin", form);
        let (scheme, authority) = origin.split_once("://").ok_or_else(malformed)?;
        let https = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(malformed()),
        };
        let host = host(authority).ok_or_else(malformed)?;
        if !https && !is_loopback(host) {
            return Err(ConfigError::new(
                VARIABLE,
                "is plain http on an address that others can reach",
                "use https, or http://127.0.0.1 for development",
            ));
        }
        Ok(Self {
            origin: origin.to_owned(),
            https,
        })
    }

    /// As a browser writes it in `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The port that browsers connect to, written or not.
    pub fn port(&self) -> u16 {
        let written = self.origin.rsplit_once(':');
        let written = written.and_then(|(_, port)| port.parse().ok());
        written.unwrap_or(if self.https { 443 } else { 80 })
    }

    /// Whether browsers come over TLS.
    pub fn is_https(&self) -> bool {
        self.https
    }
}

/// The host of `host[:port]` or `[v6][:port]`, if the whole is well formed.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        host.parse::<std::net::Ipv6Addr>().ok()?;
        (
            host,
            after
                .strip_prefix(':')
                .or(after.is_empty().then_some("443"))?,
        )
    } else {
        authority.split_once(':').unwrap_or((authority, "443"))
    };
    let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.:".contains(c);
    let good = !host.is_empty() && host.chars().all(name) && port.parse::<u16>().is_ok();
    good.then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_alone() {
        for (value, good) in [
            ("https://app.example.org", true),
            ("https://app.example.org/", true),
            ("https://app.example.org:8443", true),
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080", true),
            ("http://[::1]:8080", true),
            ("http://app.example.org", false),
            ("http://10.0.0.1:8080", false),
            ("http://0.0.0.0:8080", false),
            ("http://127.0.0.1.example.org", false),
            ("ftp://127.0.0.1", false),
            ("https://app.example.org/app", false),
            ("https://user@app.example.org", false),
            ("https://APP.example.org", false),
            ("https://app.example.org:99999", false),
            ("https://", false),
            ("app.example.org", false),
            ("", false),
        ] {
            assert_eq!(PublicUrl::parse(value).is_ok(), good, "{value:?}");
        }
    }

    #[test]
    fn the_origin_is_as_browsers_write_it() {
        let url = PublicUrl::parse("https://app.example.org/").expect("it is good");
        assert_eq!(url.origin(), "https://app.example.org");
        assert!(url.is_https());
    }

    #[test]
    fn the_port_is_known_where_it_is_not_written() {
        for (value, port) in [
            ("https://app.example.org", 443),
            ("https://app.example.org:8443", 8443),
            ("http://localhost", 80),
            ("http://[::1]", 80),
            ("http://[::1]:8080", 8080),
        ] {
            let url = PublicUrl::parse(value).expect("it is good");
            assert_eq!(url.port(), port, "{value}");
        }
    }
}
