use super::ConfigError;
use url::{Host, Url};

const VARIABLE: &str = "PUBLIC_URL";
const FORM: &str = "write it like https://app.example.org, without a path";

/// The origin that browsers see: scheme, host and port, nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    https: bool,
}

impl PublicUrl {
    /// Takes `https://host[:port]`, and `http://` for this machine alone: without TLS everybody
    /// on the way reads the tokens. However it is spelt, it becomes what browsers write: they
    /// leave the usual port out, write names small and addresses in one way.
    pub fn parse(value: &str) -> Result<Self, ConfigError> {
        let malformed = || ConfigError::new(VARIABLE, "is not an origin", FORM);
        let (scheme, rest) = value.split_once("://").ok_or_else(malformed)?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        // Browsers read some of these as the end of the host, and take others away.
        let is_odd = |c: char| "/\\@?#%".contains(c) || c.is_whitespace() || c.is_control();
        if authority.is_empty() || authority.contains(is_odd) {
            return Err(malformed());
        }
        let url = Url::parse(&format!("{scheme}://{authority}")).map_err(|_| malformed())?;
        let https = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(malformed()),
        };
        let host = url.host().ok_or_else(malformed)?;
        if url.port() == Some(0) {
            return Err(ConfigError::new(VARIABLE, "has port 0", FORM));
        }
        if !https && !is_loopback(&host) {
            return Err(ConfigError::new(
                VARIABLE,
                "is plain http on an address that others can reach",
                "use https, or http://127.0.0.1 for development",
            ));
        }
        Ok(Self {
            origin: url.origin().ascii_serialization(),
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

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_alone() {
        for (value, good) in [
            ("https://app.example.org", true),
            ("https://app.example.org:8443", true),
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080", true),
            ("http://[::1]:8080", true),
            ("http://app.example.org", false),
            ("http://10.0.0.1:8080", false),
            ("http://0.0.0.0:8080", false),
            ("http://127.0.0.1.example.org", false),
            ("http://0xa000001:8080", false),
            ("ftp://127.0.0.1", false),
            ("https://app.example.org/app", false),
            ("https://app.example.org//", false),
            ("https://app.example.org?a", false),
            ("https://app.example.org#a", false),
            ("https://app.example.org\\a", false),
            ("https://user@app.example.org", false),
            ("https://ex%61mple.org", false),
            ("https://app.exam\tple.org", false),
            ("https://app.example.org:99999", false),
            ("https://app.example.org:0", false),
            ("https://999.1.1.1", false),
            ("https:///app.example.org", false),
            ("https://", false),
            ("app.example.org", false),
            ("", false),
        ] {
            assert_eq!(PublicUrl::parse(value).is_ok(), good, "{value:?}");
        }
    }

    #[test]
    fn the_origin_is_as_browsers_write_it() {
        for (value, origin) in [
            ("https://app.example.org/", "https://app.example.org"),
            ("https://app.example.org:443", "https://app.example.org"),
            (
                "HTTPS://App.Example.org:8443",
                "https://app.example.org:8443",
            ),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("http://localhost:80", "http://localhost"),
            ("http://localhost:443", "http://localhost:443"),
            ("http://127.1:8080", "http://127.0.0.1:8080"),
            ("http://0x7f000001:8080", "http://127.0.0.1:8080"),
            ("http://[0:0:0:0:0:0:0:1]:8080", "http://[::1]:8080"),
        ] {
            let url = PublicUrl::parse(value).expect(value);
            assert_eq!(url.origin(), origin, "{value}");
            assert_eq!(url.is_https(), origin.starts_with("https"), "{value}");
        }
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
