//! The program refuses to start where the configuration cannot be used: in one line that names the
//! variable and the way out, and never the value.

use crate::program::{SECRETS, api, one_line};
use crate::world::JWT_SECRET;
use tempfile::TempDir;

/// Stands for a variable that is not there.
const MISSING: &str = "-";

#[track_caller]
fn refuses(changes: &[(&str, &str)], variable: &str) {
    let folder = TempDir::new().unwrap();
    let mut variables = SECRETS.to_vec();
    variables.retain(|(name, _)| changes.iter().all(|(changed, _)| name != changed));
    variables.extend(changes.iter().filter(|(_, value)| *value != MISSING));
    let said = one_line(&api(&folder, &["serve"], &variables), 2);
    assert!(said.starts_with(&format!("error: {variable} ")), "{said}");
    assert!(said.contains("; "), "it names no way out: {said}");
    for (_, value) in changes {
        assert!(value.len() < 16 || !said.contains(value), "{said}");
    }
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert!(left.is_empty(), "it leaves nothing behind");
}

#[test]
fn weak_secrets_are_refused() {
    for name in ["JWT_SECRET", "REFRESH_TOKEN_SECRET"] {
        refuses(&[(name, MISSING)], name);
        refuses(&[(name, "")], name);
        refuses(&[(name, "only-thirty-one-bytes-long-1234")], name);
        refuses(
            &[(name, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")],
            name,
        );
        refuses(&[(name, " 0123456789abcdef0123456789abcdef ")], name);
    }
    refuses(
        &[("REFRESH_TOKEN_SECRET", JWT_SECRET)],
        "REFRESH_TOKEN_SECRET",
    );
}

#[test]
fn plain_http_on_a_public_address_is_refused() {
    refuses(&[("PUBLIC_URL", "http://app.example.org")], "PUBLIC_URL");
    refuses(&[("PUBLIC_URL", "app.example.org")], "PUBLIC_URL");
    refuses(&[("LISTEN", "0.0.0.0:8000")], "LISTEN");
    refuses(&[("LISTEN", "8000")], "LISTEN");
}

#[test]
fn half_a_configuration_of_keys_or_tls_is_refused() {
    refuses(&[("JWT_ALGORITHM", "EdDSA")], "JWT_KEYS");
    let https = ("PUBLIC_URL", "https://app.example.org");
    refuses(&[("TLS_CERTIFICATE", "a.pem"), https], "TLS_KEY");
    refuses(&[("TLS_KEY", "a.pem"), https], "TLS_CERTIFICATE");
    refuses(
        &[("TLS_KEY", "a.pem"), ("TLS_CERTIFICATE", "b.pem")],
        "PUBLIC_URL",
    );
}

#[test]
fn unknown_and_malformed_values_name_their_variable() {
    for (variable, value) in [
        ("DATABASE_URL", "mysql://127.0.0.1/app"),
        ("JWT_ALGORITHM", "none"),
        ("JWT_ALGORITHM", "eddsa"),
        ("JWT_KEYS", ""),
        ("JWT_KEYS", "nowhere/at-all"),
        ("JWT_AUDIENCE", ""),
        ("ACCESS_TOKEN_TTL", "16m"),
        ("ACCESS_TOKEN_TTL", "0s"),
        ("ACCESS_TOKEN_TTL", "soon"),
        ("REFRESH_TOKEN_TTL", "7"),
        ("SESSION_MAX_AGE", "1d"),
        ("MAX_SESSIONS_PER_USER", "0"),
        ("REFRESH_RETRY_WINDOW", "-1s"),
        ("REFRESH_RACE_WINDOW", "10 s"),
        ("REFRESH_TOKEN_TTL", "401d"),
        ("SESSION_MAX_AGE", "401d"),
        ("REFRESH_RETRY_WINDOW", "61m"),
        ("REFRESH_RACE_WINDOW", "61s"),
        ("EVENT_RETENTION", "0s"),
        ("EVENT_RETENTION", "3651d"),
        ("TRUSTED_PROXIES", "everybody"),
        ("API_DOCS", "yes"),
        ("LOGIN_LIMIT", "many"),
        ("ADDRESS_LIMIT", "0"),
        ("REFRESH_LIMIT", "59"),
        ("HASH_PARALLELISM", "0"),
        ("HASH_QUEUE", "-1"),
        ("ARGON2_MEMORY_KIB", "64"),
        ("ARGON2_ITERATIONS", "0"),
        ("METRICS_LISTEN", "9100"),
        ("METRICS_LISTEN", ""),
        ("DRAIN_TIMEOUT", "11m"),
        ("DRAIN_TIMEOUT", "soon"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://127.0.0.1:4318"),
        ("OTEL_TRACES_SAMPLER_ARG", "2"),
    ] {
        refuses(&[(variable, value)], variable);
    }
}

#[test]
fn a_database_without_our_schema_says_what_to_run() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("empty.db"), "").unwrap();
    let mut variables = SECRETS.to_vec();
    variables.push(("DATABASE_URL", "sqlite://empty.db"));
    let said = one_line(&api(&folder, &["serve"], &variables), 1);
    assert!(said.contains("not up to date; run `api migrate`"), "{said}");
}

#[test]
fn what_is_no_database_is_said_to_be_none() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("letter.db"), "Dear Alice, ".repeat(1000)).unwrap();
    for url in ["sqlite://letter.db", "sqlite:///dev/null/nowhere.db"] {
        for verb in ["serve", "migrate"] {
            let mut variables = SECRETS.to_vec();
            variables.push(("DATABASE_URL", url));
            // The log may tell more, before the line that says what to do.
            variables.push(("RUST_LOG", "off"));
            let said = one_line(&api(&folder, &[verb], &variables), 1);
            assert!(said.starts_with("error: "), "{said}");
            assert!(said.contains("DATABASE_URL"), "{said}");
        }
    }
}

#[test]
fn a_folder_without_the_app_is_refused() {
    let folder = TempDir::new().unwrap();
    assert!(api(&folder, &["migrate"], &[]).status.success());
    for pages in ["nowhere", "data"] {
        let mut variables = SECRETS.to_vec();
        variables.extend([
            ("STATIC_DIR", pages),
            ("LISTEN", "127.0.0.1:0"),
            ("RUST_LOG", "off"),
        ]);
        let said = one_line(&api(&folder, &["serve"], &variables), 2);
        assert!(said.starts_with("error: STATIC_DIR "), "{said}");
    }
}

#[test]
fn a_taken_port_is_said_with_the_way_out() {
    let folder = TempDir::new().unwrap();
    assert!(api(&folder, &["migrate"], &[]).status.success());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut variables = SECRETS.to_vec();
    variables.extend([("LISTEN", address.as_str()), ("RUST_LOG", "off")]);
    let said = one_line(&api(&folder, &["serve"], &variables), 1);
    assert!(said.contains("LISTEN") && said.contains(&address), "{said}");
}

#[test]
fn the_help_shows_no_value() {
    let folder = TempDir::new().unwrap();
    let output = api(&folder, &["serve", "--help"], &SECRETS);
    let help = String::from_utf8(output.stdout).unwrap();
    for (name, value) in SECRETS {
        assert!(help.contains(name) && !help.contains(value), "{help}");
    }
}

#[test]
fn the_spec_needs_no_configuration() {
    let folder = TempDir::new().unwrap();
    let output = api(&folder, &["openapi"], &[]);
    assert!(output.status.success());
    let spec: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(spec["info"]["title"], "Countersign");
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert!(left.is_empty(), "it leaves nothing behind");
}

#[test]
fn the_example_lists_what_the_help_lists() {
    let folder = TempDir::new().unwrap();
    let output = api(&folder, &["serve", "--help"], &[]);
    let help = String::from_utf8(output.stdout).unwrap();
    let mut known: Vec<_> = help
        .split("[env: ")
        .skip(1)
        .map(|rest| &rest[..rest.find(']').unwrap()])
        .collect();
    let example = include_str!("../../../.env.example");
    let assignments = example.lines().filter(|line| !line.starts_with("# "));
    let mut listed: Vec<_> = assignments
        .filter_map(|line| Some(line.trim_start_matches('#').split_once('=')?.0))
        .collect();
    known.sort_unstable();
    listed.sort_unstable();
    assert_eq!(known, listed);
}
