use super::ConfigError;

/// Which requests are traced, and who hears of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceConfig {
    /// Who hears of them.
    pub collector: OtlpEndpoint,
    /// How many of a million requests.
    pub per_million: u32,
}

/// A collector of OpenTelemetry that takes OTLP over plain HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtlpEndpoint {
    /// Its name or address, and its port.
    pub authority: String,
    /// What stands before `/v1/traces`.
    pub path: String,
}

impl OtlpEndpoint {
    /// Takes `http://127.0.0.1:4318`, with a path if it has one.
    pub fn parse(value: &str) -> Result<Self, ConfigError> {
        let wrong = || {
            let problem = "names no collector that can be reached";
            let remedy = "use http://127.0.0.1:4318; TLS is for the collector's way onwards";
            ConfigError::new("OTEL_EXPORTER_OTLP_ENDPOINT", problem, remedy)
        };
        let rest = value.strip_prefix("http://").ok_or_else(wrong)?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
        let has_port = authority
            .rsplit_once(':')
            .is_some_and(|(host, port)| !host.is_empty() && is_port(port));
        if !has_port || !is_plain(authority) || !is_plain(path) || authority.contains('@') {
            return Err(wrong());
        }
        let path = path.trim_end_matches('/');
        let slash = if path.is_empty() { "" } else { "/" };
        Ok(Self {
            authority: authority.to_owned(),
            path: format!("{slash}{path}"),
        })
    }
}

/// Takes a share from 0 to 1, like `0.01`.
pub(super) fn sampling_ratio(value: &str) -> Result<u32, ConfigError> {
    let share = value.parse::<f64>().ok();
    let share = share.filter(|share| (0.0..=1.0).contains(share));
    let share = share.ok_or_else(|| {
        let problem = "is no share of requests";
        let remedy = "write it from 0 to 1, like 0.01";
        ConfigError::new("OTEL_TRACES_SAMPLER_ARG", problem, remedy)
    })?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is at most a million, and not below zero"
    )]
    Ok((share * 1e6).round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collector_has_its_parts() {
        for (value, authority, path) in [
            ("http://127.0.0.1:4318", "127.0.0.1:4318", ""),
            ("http://collector:4318/", "collector:4318", ""),
            ("http://[::1]:4318/otlp/", "[::1]:4318", "/otlp"),
        ] {
            let collector = OtlpEndpoint::parse(value).expect("it is good");
            assert_eq!((&*collector.authority, &*collector.path), (authority, path));
        }
        for value in [
            "",
            "127.0.0.1:4318",
            "https://collector:4318",
            "http://collector",
            "http://:4318",
            "http://a:b@c:4318",
            "http://collector:0",
            "http://collector:4318/a b",
            "http://collector:4318/\r\nX: y",
        ] {
            assert!(OtlpEndpoint::parse(value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn a_share_is_between_nothing_and_all() {
        for (value, expected) in [
            ("0", 0),
            ("0.01", 10_000),
            ("1", 1_000_000),
            ("1.0", 1_000_000),
        ] {
            assert_eq!(sampling_ratio(value).ok(), Some(expected), "{value}");
        }
        for value in ["", "-0.1", "1.1", "NaN", "inf", "half"] {
            assert!(sampling_ratio(value).is_err(), "{value}");
        }
    }
}
