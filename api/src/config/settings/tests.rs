use super::*;
use clap::{CommandFactory, Parser};
use protocol::Millis;

#[derive(Parser)]
struct Asked {
    #[command(flatten)]
    settings: ServeSettings,
}

/// The stories of `api/tests/it` set these fields and see what each does.
#[test]
fn each_variable_of_the_protocol_sets_its_own_field() {
    let policy = Asked::parse_from([
        "api",
        "--access-token-ttl=1m",
        "--refresh-token-ttl=2m",
        "--session-max-age=3m",
        "--max-sessions-per-user=4",
        "--refresh-retry-window=5m",
        "--refresh-race-window=6s",
        "--event-retention=7h",
        "--login-limit=8",
        "--address-limit=9",
        "--refresh-limit=61",
    ])
    .settings
    .policy()
    .expect("all can be used");
    let lengths = [
        policy.access_token_ttl,
        policy.refresh_token_ttl,
        policy.session_max_age,
        policy.refresh_retry_window,
        policy.refresh_race_window,
        policy.event_retention,
    ];
    assert_eq!(
        lengths,
        [60, 120, 180, 300, 6, 25_200].map(Millis::from_secs)
    );
    let numbers = [
        policy.max_sessions_per_user,
        policy.login_limit,
        policy.address_limit,
        policy.refresh_limit,
    ];
    assert_eq!(numbers, [4, 8, 9, 61]);
}

#[test]
fn each_argument_is_the_variable_of_its_name() {
    let command = Asked::command();
    let mut variables = 0;
    for argument in command.get_arguments() {
        let Some(variable) = argument.get_env() else {
            continue;
        };
        let long = argument.get_long().expect("each has a long name");
        assert_eq!(
            variable.to_str(),
            Some(&*long.to_uppercase().replace('-', "_"))
        );
        variables += 1;
    }
    assert!(variables > 20, "{variables}");
}

/// A window may be switched off; a session that no browser could keep, or a spent token that is good
/// for a day, is a typing error.
#[test]
fn each_length_of_time_has_bounds_that_its_error_names() {
    let policy = |argument: &str| Asked::parse_from(["api", argument]).settings.policy();
    for (argument, least, below, most, above) in [
        ("access-token-ttl", "1s", "0s", "15m", "901s"),
        ("refresh-token-ttl", "1s", "0s", "30d", "401d"),
        ("session-max-age", "7d", "0s", "400d", "401d"),
        ("refresh-retry-window", "0s", "", "1h", "3601s"),
        ("refresh-race-window", "0s", "", "60s", "61s"),
        ("event-retention", "1h", "59m", "3650d", "3651d"),
    ] {
        for good in [least, most] {
            let checked = policy(&format!("--{argument}={good}"));
            assert!(checked.is_ok(), "{argument} {good}: {checked:?}");
        }
        let variable = argument.to_uppercase().replace('-', "_");
        for bad in [below, above].into_iter().filter(|bad| !bad.is_empty()) {
            let error = policy(&format!("--{argument}={bad}")).expect_err(bad);
            let said = format!("{variable} is not from ");
            assert!(error.to_string().starts_with(&said), "{error}");
        }
    }
}
