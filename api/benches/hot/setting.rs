//! A configuration, as the command line makes one.

use api::config::{Config, ServeSettings};
use clap::Parser;
use protocol::Millis;
use std::process::Command;
use tempfile::TempDir;

pub const NOW: Millis = Millis::from_secs(1_800_000_000);
pub const ID: &str = "0123456789abcdef0123456789abcdef";

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    serve: ServeSettings,
}

/// With tokens of that algorithm, whose keys are in the folder.
pub fn config(algorithm: &str, folder: &TempDir) -> Config {
    let keys = folder.path().join("keys");
    let made = Command::new(env!("CARGO_BIN_EXE_api"))
        .args(["key", "rotate"])
        .env("JWT_ALGORITHM", "EdDSA")
        .env("JWT_KEYS", &keys)
        .output()
        .expect("the program is there");
    assert!(made.status.success(), "{made:?}");
    let (jwt, refresh) = ("0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4));
    let keys = keys.display().to_string();
    let words = [
        "api",
        "--jwt-algorithm",
        algorithm,
        "--jwt-keys",
        &keys,
        "--jwt-secret",
        &jwt,
        "--refresh-token-secret",
        &refresh,
    ];
    let settings = Settings::parse_from(words);
    settings.serve.check().expect("these settings are good")
}
