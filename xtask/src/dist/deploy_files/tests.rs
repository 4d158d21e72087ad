use super::*;
use crate::environment;
use crate::workspace::root;
use std::process::Command;
use tempfile::TempDir;

const UNIT: &str = "countersign.service";

fn released() -> TempDir {
    let dist = tempfile::tempdir().expect("BUG: there is a temporary folder");
    copy(root(), dist.path()).expect("BUG: the papers are there");
    dist
}

fn read(dist: &TempDir, name: &str) -> String {
    let text = fs::read_to_string(dist.path().join(name));
    text.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What `api serve` reads, by name.
fn variables(dist: &TempDir) -> Vec<String> {
    let example = read(dist, "env.example");
    let lines = example.lines().map(|line| line.trim_start_matches('#'));
    let names = lines.filter_map(|line| line.split_once('='));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// Runs a program that checks one of them, where the machine has it.
fn checks(program: &str, args: &[&str]) {
    let Some(program) = environment::program(program) else {
        assert!(!environment::is_ci(), "no {program} here");
        eprintln!("no {program} here: nobody checked {args:?}");
        return;
    };
    let output = Command::new(&program).args(args).output();
    let output = output.expect("BUG: it was there");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", program.display());
}

#[test]
fn the_unit_is_one_that_systemd_takes_and_knows_our_variables() {
    let dist = released();
    let unit = read(&dist, UNIT);
    for line in unit
        .lines()
        .filter_map(|line| line.strip_prefix("Environment="))
    {
        let (name, _) = line.split_once('=').expect("BUG: NAME=value");
        assert!(variables(&dist).contains(&name.to_owned()), "{name}");
    }
    // It wants the program to be where it is told.
    let folder = dist.path().display().to_string();
    let here = unit.replace("/opt/countersign/api", "/bin/true");
    assert_ne!(here, unit);
    let path = format!("{folder}/here.service");
    fs::write(&path, here).expect("BUG: it is ours to write");
    checks("systemd-analyze", &["verify", "--man=no", &path]);
}

#[test]
fn what_the_dockerfile_copies_is_in_the_release_and_what_it_sets_is_read() {
    let dist = released();
    let text = read(&dist, "Dockerfile");
    for line in text.lines().filter_map(|line| line.strip_prefix("COPY ")) {
        let words: Vec<_> = line
            .split(' ')
            .filter(|word| !word.starts_with("--"))
            .collect();
        // Both are built.
        assert!(["api", "web"].contains(&words[0]), "{line}");
    }
    let (_, set) = text.split_once("ENV ").expect("BUG: it sets variables");
    let (set, _) = set.split_once("USER").expect("BUG: it names a user");
    for (name, _) in set.lines().filter_map(|line| line.trim().split_once('=')) {
        assert!(variables(&dist).contains(&name.to_owned()), "{name}");
    }
    assert!(text.lines().any(|line| line == "USER countersign"));
}

#[test]
fn the_compose_file_sets_what_is_read_and_mounts_what_is_released() {
    let dist = released();
    let text = read(&dist, "compose.yaml");
    let file: serde_yaml::Value = serde_yaml::from_str(&text).expect("BUG: it is YAML");
    let services = file["services"].as_mapping().expect("BUG: a mapping");
    let names: Vec<_> = services.keys().filter_map(|name| name.as_str()).collect();
    assert_eq!(names, ["database", "migrate", "api", "proxy"]);
    let set = file["x-api"]["environment"].as_mapping();
    for (name, _) in set.expect("BUG: a mapping") {
        let name = name.as_str().expect("BUG: a string").to_owned();
        assert!(variables(&dist).contains(&name), "{name}");
    }
    // `containers::compose` starts them in this order.
    for (name, condition) in [
        ("migrate", "database: service_healthy"),
        ("api", "migrate: service_completed_successfully"),
        ("proxy", "api: service_healthy"),
    ] {
        let (waits_for, condition) = condition.split_once(": ").expect("BUG: a pair");
        let found = &services[name]["depends_on"][waits_for]["condition"];
        assert_eq!(found.as_str(), Some(condition), "{name}");
    }
    for service in services.values() {
        for name in service["depends_on"].as_mapping().into_iter().flatten() {
            assert!(names.contains(&name.0.as_str().expect("BUG: a string")));
        }
        for volume in service["volumes"].as_sequence().into_iter().flatten() {
            let (from, _) = volume
                .as_str()
                .and_then(|it| it.split_once(':'))
                .expect("BUG: from:to");
            let there = match from.strip_prefix("./") {
                Some(path) => dist.path().join(path).is_file(),
                None => {
                    !file["volumes"][from].is_mapping() && text.contains(&format!("\n  {from}:\n"))
                }
            };
            assert!(there, "{from}");
        }
    }
}

#[test]
fn caddy_takes_its_file() {
    let dist = released();
    let file = dist.path().join("proxies/Caddyfile").display().to_string();
    checks(
        "caddy",
        &["validate", "--adapter", "caddyfile", "--config", &file],
    );
}
