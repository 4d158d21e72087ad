//! How long things live and how often they may be tried.

use super::ServeSettings;
use super::value::{duration_within, number};
use crate::config::{ConfigError, ConfigErrors, Faults, Policy};

/// No browser keeps a cookie longer (RFC 6265bis, section 5.5), so no session would last longer.
const COOKIE_MAX: &str = "400d";

impl ServeSettings {
    pub(super) fn policy(&self) -> Result<Policy, ConfigErrors> {
        let mut faults = Faults::default();
        let mut time = |variable, value: &str, bounds| {
            faults.take_or_default(duration_within(variable, value, bounds))
        };
        let policy = Policy {
            // An access token cannot be taken back where nobody asks us.
            access_token_ttl: time("ACCESS_TOKEN_TTL", &self.access_token_ttl, ("1s", "15m")),
            refresh_token_ttl: time(
                "REFRESH_TOKEN_TTL",
                &self.refresh_token_ttl,
                ("1s", COOKIE_MAX),
            ),
            session_max_age: time("SESSION_MAX_AGE", &self.session_max_age, ("1s", COOKIE_MAX)),
            // As long as a spent token is answered, a copy of it is not told from its owner: for the
            // attempt that lost its answer, and for tabs that started in one moment.
            refresh_retry_window: time(
                "REFRESH_RETRY_WINDOW",
                &self.refresh_retry_window,
                ("0s", "1h"),
            ),
            refresh_race_window: time(
                "REFRESH_RACE_WINDOW",
                &self.refresh_race_window,
                ("0s", "60s"),
            ),
            event_retention: time("EVENT_RETENTION", &self.event_retention, ("1h", "3650d")),
            ..self.limits(&mut faults)
        };
        let is_kept = policy.session_max_age >= policy.refresh_token_ttl;
        faults.rule(&["SESSION_MAX_AGE", "REFRESH_TOKEN_TTL"], is_kept, || {
            let problem = "is shorter than REFRESH_TOKEN_TTL";
            let remedy = "a session's absolute end comes after its idle end; 30d is usual";
            ConfigError::new("SESSION_MAX_AGE", problem, remedy)
        });
        faults.finish(Some(policy))
    }

    /// How often and how many; the lengths of time are not filled in.
    fn limits(&self, faults: &mut Faults) -> Policy {
        let mut count =
            |variable, value: &str, range| faults.take_or_default(number(variable, value, range));
        Policy {
            max_sessions_per_user: count(
                "MAX_SESSIONS_PER_USER",
                &self.max_sessions_per_user,
                1..=10_000,
            ),
            login_limit: count("LOGIN_LIMIT", &self.login_limit, 1..=1_000_000),
            address_limit: count("ADDRESS_LIMIT", &self.address_limit, 1..=100_000_000),
            // Fewer would refuse the bursts that the protocol answers.
            refresh_limit: count("REFRESH_LIMIT", &self.refresh_limit, 60..=100_000_000),
            ..Policy::default()
        }
    }
}
