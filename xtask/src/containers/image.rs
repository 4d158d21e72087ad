//! The image by itself: it refuses a start without secrets, starts on a new volume and in an empty
//! folder of the machine with nothing but its own rights, keeps what it writes to itself, and stops
//! when it is told to.

use super::engine::{Engine, LIFE};
use anyhow::{Context, ensure};
use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, chown};

const NAME: &str = "countersign-alone";
/// As the Dockerfile makes it.
const USER: u32 = 10_001;
const DATA: &str = "/var/lib/countersign";
/// What it needs to be told.
const TOLD: [&str; 3] = [
    "--env=JWT_SECRET=0123456789abcdef0123456789abcdef",
    "--env=REFRESH_TOKEN_SECRET=fedcba9876543210fedcba9876543210",
    "--env=PUBLIC_URL=https://app.example.org",
];
/// What it does without.
const BARE: [&str; 3] = [
    "--read-only",
    "--cap-drop=all",
    "--security-opt=no-new-privileges",
];

pub fn check(engine: &Engine<'_>) -> anyhow::Result<()> {
    let (code, said) = engine.run(&["countersign", "--version"])?;
    ensure!(
        code == 0 && said.contains("Countersign "),
        "--version: {code} {said}"
    );
    let (code, said) = engine.run(&["countersign"])?;
    let names = ["JWT_SECRET", "REFRESH_TOKEN_SECRET", "LISTEN"];
    let all = names
        .iter()
        .all(|name| said.contains(&format!("error: {name} ")));
    ensure!(code == 2 && all, "without anything: {code} {said}");
    println!("the image says what it lacks");

    starts(engine, &format!("countersign-data:{DATA}")).context("on a new volume")?;
    println!("the image starts on a new volume");
    let folder = engine.folder.join("data");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    DirBuilder::new().mode(0o700).create(&folder)?;
    chown(&folder, Some(USER), Some(USER))?;
    starts(engine, &format!("{}:{DATA}", folder.display())).context("in an empty folder")?;
    println!("the image starts in an empty folder of the machine");
    Ok(())
}

fn starts(engine: &Engine<'_>, volume: &str) -> anyhow::Result<()> {
    let volume = ["--volume", volume];
    let mut migrate = [&BARE[..], &TOLD, &volume].concat();
    migrate.extend(["countersign", "migrate"]);
    let (code, said) = engine.run(&migrate)?;
    ensure!(code == 0, "migrate: {code} {said}");

    let mut serve = vec![
        "run",
        "--detach",
        "--pull=never",
        "--network=none",
        LIFE,
        "--name",
        NAME,
    ];
    serve.extend([&BARE[..], &TOLD, &volume].concat());
    serve.push("countersign");
    engine.podman(&serve)?;
    engine.wait_until_well(NAME)?;
    // Others can read nothing of it, whatever SQLite has put beside the database by now.
    let open = engine.podman(&["exec", NAME, "find", DATA, "-perm", "/077"])?;
    ensure!(open.is_empty(), "others can read {open}");
    engine.podman(&["stop", "--time=20", NAME])?;
    let code = engine.podman(&["inspect", "--format={{.State.ExitCode}}", NAME])?;
    ensure!(code == "0", "it ended with {code}");
    engine.podman(&["rm", NAME]).map(drop)
}
