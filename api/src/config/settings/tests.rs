use super::*;
use clap::{CommandFactory, Parser};

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
        "--refresh-race-window=6m",
        "--event-retention=7m",
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
        [60, 120, 180, 300, 360, 420].map(Millis::from_secs)
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
