//! `compose.yaml` as it is released, by podman-compose: each service starts when what it waits for is
//! as the file says. podman-compose does not wait for that itself, so it is done here; `dist`'s tests
//! hold the order against the file.

use super::engine::{Engine, LIFE, done};
use crate::dev::random_hex;
use crate::probe;
use anyhow::{Context, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

const PROJECT: &str = "countersign-together";
/// Networks that may be free, one after the other.
const SUBNETS: std::ops::Range<u8> = 61..76;

pub fn check(engine: &Engine<'_>, release: &Path) -> anyhow::Result<()> {
    let subnet = network(engine)?;
    let (http, https) = probe::two_free_ports()?;
    let variables = [
        ("JWT_SECRET", random_hex::<32>()?),
        ("REFRESH_TOKEN_SECRET", random_hex::<32>()?),
        ("POSTGRES_PASSWORD", random_hex::<32>()?),
        ("SITE", "localhost".to_owned()),
        ("SUBNET", format!("{subnet}.0/24")),
        ("HTTP_PORT", http.to_string()),
        ("HTTPS_PORT", https.to_string()),
    ];
    let lines = variables.map(|(name, value)| format!("{name}={value}\n"));
    fs::write(release.join(".env"), lines.concat())?;
    let container = |service: &str| format!("{PROJECT}_{service}_1");

    up(engine, release, "database")?;
    engine.wait_until_well(&container("database"))?;
    up(engine, release, "migrate")?;
    let code = engine.podman(&["wait", &container("migrate")])?;
    ensure!(code == "0", "migrate ended with {code}");
    up(engine, release, "api")?;
    engine.wait_until_well(&container("api"))?;
    println!("compose's database is well, migrated, and served");
    up(engine, release, "proxy")?;
    visit(engine, https, &subnet)?;
    println!("compose's proxy brings a person to the API, which sees their address");
    engine.podman(&["stop", "--time=20", &container("api")])?;
    let code = engine.podman(&["inspect", "--format={{.State.ExitCode}}", &container("api")])?;
    ensure!(code == "0", "the API ended with {code}");
    Ok(())
}

/// The network of the file, which this podman-compose makes without its subnet.
fn network(engine: &Engine<'_>) -> anyhow::Result<String> {
    let name = format!("{PROJECT}_default");
    let mut last = None;
    for third in SUBNETS {
        let subnet = format!("172.31.{third}");
        let range = format!("{subnet}.0/24");
        match engine.podman(&["network", "create", "--subnet", &range, &name]) {
            Ok(_) => return Ok(subnet),
            Err(error) => last = Some(error),
        }
    }
    Err(last
        .context("there are networks to try")?
        .context("no network is free"))
}

fn up(engine: &Engine<'_>, release: &Path, service: &str) -> anyhow::Result<()> {
    let mut compose = engine.command("podman-compose");
    compose
        .current_dir(release)
        .args(["--project-name", PROJECT])
        .arg(format!("--podman-run-args={LIFE} --pull=never"))
        .args(["up", "--detach", "--no-deps", "--no-build", service]);
    done(compose).map(drop)
}

/// Somebody comes by https, registers, and looks at where the API sees them.
fn visit(engine: &Engine<'_>, port: u16, subnet: &str) -> anyhow::Result<()> {
    let origin = format!("https://localhost:{port}");
    let curl = |args: &[&str]| {
        let mut curl = Command::new("curl");
        // Caddy signs for itself here.
        curl.args([
            "--silent",
            "--show-error",
            "--fail",
            "--insecure",
            "--max-time",
            "20",
        ]);
        curl.args(args);
        done(curl)
    };
    let ready = format!("{origin}/readyz");
    engine.wait("the proxy does not answer", || curl(&[&ready]))?;
    let page = curl(&[&format!("{origin}/")])?;
    ensure!(page.contains("<title>app"), "the page is {page}");
    let body = r#"{"username":"alice","password":"lampshade trombone glacier 47"}"#;
    let register = format!("{origin}/api/auth/register");
    let json = "Content-Type: application/json";
    // The name that browsers see is SITE's, at the usual port.
    let here = "Origin: https://localhost";
    let answer = curl(&[
        "--include",
        "-H",
        json,
        "-H",
        here,
        "--data",
        body,
        &register,
    ])?;
    ensure!(
        answer.contains("__Host-Http-refresh="),
        "no cookie: {answer}"
    );
    let (_, token) = answer
        .split_once(r#""access_token":""#)
        .context("no token")?;
    let token = token.split('"').next().unwrap_or_default();
    let bearer = format!("Authorization: Bearer {token}");
    let sessions = curl(&["-H", &bearer, &format!("{origin}/api/me/sessions")])?;
    // The machine is the network's first address; the proxy has another.
    ensure!(
        sessions.contains(&format!("\"{subnet}.1\"")),
        "seen as {sessions}"
    );
    Ok(())
}
