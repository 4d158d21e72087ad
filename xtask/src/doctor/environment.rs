//! What a machine lacks for developing, testing and releasing.

use super::finding::{Finding, fine, note, problem};
use crate::dev::{API_PORT, PORT};
use crate::tools::{self, npm};
use crate::workspace::{self, Workspace};
use crate::{browser, environment, postgres, probe};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Programs, what they are for, and the package of Debian that has them.
const PROGRAMS: [(&str, &str, &str); 6] = [
    (
        "cc",
        "everything: SQLite and the signatures are C",
        "gcc libc6-dev",
    ),
    ("git", "`cargo xtask test`", "git"),
    (
        "brotli",
        "`cargo xtask dist`: without it the app is several times as large",
        "brotli",
    ),
    ("gzip", "`cargo xtask dist`", "gzip"),
    ("curl", "`cargo xtask doctor --url`", "curl"),
    (
        "sha256sum",
        "`cargo xtask dist`: without it there are no checksums",
        "coreutils",
    ),
];

/// What is found.
pub fn examine() -> anyhow::Result<Vec<Finding>> {
    let mut findings: Vec<_> = PROGRAMS.iter().map(|it| program(*it)).collect();
    findings.extend(tools::findings()?.into_iter().map(finding_of));
    findings.push(finding_of(
        browser::find().map(|_| "Chromium and its driver".to_owned()),
    ));
    findings.push(finding_of(
        postgres::find().map(|_| "PostgreSQL's programs".to_owned()),
    ));
    findings.push(finding_of(npm::find().map(|()| "npm".to_owned())));
    findings.extend([port("--port", PORT), port("--api-port", API_PORT)]);
    findings.push(secrets(workspace::root()));
    findings.push(built(&Workspace::locate()?));
    Ok(findings)
}

fn program((name, purpose, package): (&str, &str, &str)) -> Finding {
    if !environment::on_path(name).is_empty() {
        return fine(format!("{name} is there"));
    }
    let remedy = format!("`apt-get install {package}` installs it");
    let what = format!("{name} is not there; it is for {purpose}");
    // Without a C compiler nothing is built at all.
    if name == "cc" {
        problem(what, remedy)
    } else {
        note(what, remedy)
    }
}

/// Those who look for a tool say in one line what is missing and how to get it.
fn finding_of(found: Result<String, String>) -> Finding {
    match found {
        Ok(what) => fine(format!("{what}: there")),
        Err(line) => {
            let (what, remedy) = line.split_once("; ").unwrap_or((&line, "install it"));
            note(what, remedy)
        }
    }
}

fn port(flag: &str, port: u16) -> Finding {
    if probe::is_free(port) {
        return fine(format!("port {port} is free"));
    }
    note(
        format!("port {port} is taken"),
        format!("end what listens there, or use another: `cargo xtask dev {flag} N`"),
    )
}

fn secrets(root: &Path) -> Finding {
    let Ok(about) = std::fs::metadata(root.join(".env")) else {
        return note(
            "there is no .env yet",
            "`cargo xtask dev` makes it, with fresh secrets",
        );
    };
    let for_others = about.permissions().mode() & 0o077;
    if for_others == 0 {
        return fine(".env is for its owner alone");
    }
    problem(
        ".env can be read by others, and has secrets",
        "chmod 600 .env",
    )
}

fn built(workspace: &Workspace) -> Finding {
    if workspace.api("debug").exists() {
        return fine("the API was built here before");
    }
    note(
        "the API was not built here yet",
        "`cargo xtask dev` builds it; that takes some minutes the first time",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_secrets_that_others_can_read_is_a_problem() {
        let root = tempfile::tempdir().expect("BUG: there is a temporary folder");
        assert!(!secrets(root.path()).is_problem());
        let file = root.path().join(".env");
        std::fs::write(&file, "").expect("BUG: it is ours to write");
        for (mode, bad) in [(0o600, false), (0o640, true), (0o604, true)] {
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(&file, permissions).expect("BUG: it is ours");
            assert_eq!(secrets(root.path()).is_problem(), bad, "{mode:o}");
        }
    }

    #[test]
    fn what_is_missing_comes_with_its_remedy() {
        let found = program(("no-such-program", "nothing", "no-such-package"));
        assert!(
            found
                .to_string()
                .contains("`apt-get install no-such-package`")
        );
        let found = finding_of(Err(
            "npm is not there; `apt-get install npm` installs it".to_owned()
        ));
        assert!(
            found
                .to_string()
                .ends_with("-> `apt-get install npm` installs it")
        );
    }

    #[test]
    fn a_taken_port_names_the_flag() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("BUG: a port is free");
        let number = taken.local_addr().expect("BUG: it is bound").port();
        let found = port("--port", number).to_string();
        assert!(
            found.contains("taken") && found.contains("--port N"),
            "{found}"
        );
    }
}
