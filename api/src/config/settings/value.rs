//! Values as people write them, each refused with its variable's name.

use crate::config::{ConfigError, duration};
use protocol::Millis;
use std::net::SocketAddr;

pub(super) fn duration(variable: &'static str, value: &str) -> Result<Millis, ConfigError> {
    duration::parse(value).ok_or_else(|| {
        let problem = "is not a length of time";
        ConfigError::new(variable, problem, "write it like 2s, 15m, 12h or 7d")
    })
}

/// A length of time from one to another, both as people write them.
pub(super) fn duration_within(
    variable: &'static str,
    value: &str,
    (least, most): (&str, &str),
) -> Result<Millis, ConfigError> {
    let length = duration(variable, value)?;
    let bound = |text| duration::parse(text).expect("BUG: a bound is a length of time");
    if (bound(least)..=bound(most)).contains(&length) {
        return Ok(length);
    }
    let problem = format!("is not from {least} to {most}");
    let remedy = "mend it or leave it out for the default";
    Err(ConfigError::new(variable, problem, remedy))
}

pub(super) fn number(
    variable: &'static str,
    value: &str,
    range: std::ops::RangeInclusive<u32>,
) -> Result<u32, ConfigError> {
    let parsed = value.parse().ok().filter(|number| range.contains(number));
    parsed.ok_or_else(|| {
        let problem = format!(
            "is not a whole number from {} to {}",
            range.start(),
            range.end()
        );
        ConfigError::new(variable, problem, "mend it or leave it out for the default")
    })
}

pub(super) fn address(variable: &'static str, value: &str) -> Result<SocketAddr, ConfigError> {
    value.parse().map_err(|_| {
        let problem = "is not an address with a port";
        ConfigError::new(variable, problem, "write it like 127.0.0.1:8000")
    })
}

pub(super) fn switch(variable: &'static str, value: &str) -> Result<bool, ConfigError> {
    match value {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(ConfigError::new(
            variable,
            "is neither on nor off",
            "write on or off",
        )),
    }
}

pub(super) fn not_empty(variable: &'static str, value: &str) -> Result<String, ConfigError> {
    if value.is_empty() {
        return Err(ConfigError::new(
            variable,
            "is empty",
            "leave it out for the default",
        ));
    }
    Ok(value.to_owned())
}
