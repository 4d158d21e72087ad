//! Copies of the database, and what it means to go back to one.

use crate::constants::PASSWORD;
use crate::program::{api, command, one_line};
use crate::server::{Server, between, variables};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

const COOKIE: &str = "set-cookie: refresh-8000=";

/// A folder with a database and its copies.
struct Vault(TempDir);

impl Vault {
    /// A database without anybody.
    fn new() -> Self {
        let vault = Self(TempDir::new().unwrap());
        assert!(vault.api(&["migrate"]).status.success());
        vault
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.path("main.db").display())
    }

    fn api(&self, arguments: &[&str]) -> Output {
        api(&self.0, arguments, &[("DATABASE_URL", &self.url())])
    }

    fn serves(&self) -> Server {
        Server::start_in(TempDir::new().unwrap(), &[("DATABASE_URL", &self.url())])
    }

    /// The names of all files, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }
}

/// What it said when it did it.
#[track_caller]
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stops(server: Server) {
    server.is_asked_to_stop();
    assert!(server.ends().0.success());
}

/// Signs up or in; the refresh token and the access token.
fn enters(server: &Server, door: &str, name: &str) -> (String, String) {
    let body = format!(r#"{{"username":"{name}","password":"{PASSWORD}"}}"#);
    held(&server.posts(&format!("/api/auth/{door}"), "", &body))
}

fn held(answer: &str) -> (String, String) {
    let cookie = between(answer, COOKIE, ";").to_owned();
    let token = between(answer, r#""access_token":""#, "\"").to_owned();
    (cookie, token)
}

fn presents(server: &Server, door: &str, cookie: &str) -> String {
    let header = format!("Cookie: refresh-8000={cookie}\r\n");
    server.posts(&format!("/api/auth/{door}"), &header, "{}")
}

#[test]
fn nobody_comes_back_to_life_with_a_restored_backup() {
    let vault = Vault::new();
    let server = vault.serves();
    let (alice, alices_token) = enters(&server, "register", "alice");
    let (bob, _) = enters(&server, "register", "bob");
    let said = done(&vault.api(&["backup", "copy.db"]));
    assert!(said.contains("copy.db: 2 users"), "{said}");
    // What happens from here on is not in the copy: alice's token is spent, bob leaves, carol comes.
    let spent = alice;
    let (alice, _) = held(&presents(&server, "refresh", &spent));
    assert!(presents(&server, "logout", &bob).starts_with("HTTP/1.1 204 "));
    enters(&server, "register", "carol");

    let refused = one_line(&vault.api(&["restore", "copy.db"]), 1);
    assert!(refused.contains("there already"), "{refused}");
    let again = ["restore", "copy.db", "--replace"];
    let refused = one_line(&vault.api(&again), 1);
    assert!(refused.contains("stop the server"), "{refused}");
    stops(server);

    let said = done(&vault.api(&again));
    assert!(said.contains(": 2 users; 2 sessions revoked"), "{said}");
    let server = vault.serves();
    for cookie in [&spent, &alice, &bob] {
        let answer = presents(&server, "refresh", cookie);
        assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    }
    let answer = presents(&server, "refresh", &spent);
    assert!(answer.contains("session_revoked"), "{answer}");
    let me = format!(
        "GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {alices_token}\r\n\r\n"
    );
    let answer = server.says(me.as_bytes());
    assert!(answer.contains("session_revoked"), "{answer}");
    enters(&server, "login", "alice");
    // Her name is free again; the previous database is kept, with what its log held when it was killed.
    enters(&server, "register", "carol");
    drop(server);
    assert!(vault.path("main.db-wal").exists(), "carol is in the log");
    let said = done(&vault.api(&again));
    let (_, kept) = said.split_once("the previous database is ").unwrap();
    let said = done(&vault.api(&["restore", kept.trim(), "--replace"]));
    assert!(said.contains(": 3 users"), "{said}");
}

#[test]
fn a_backup_is_one_whole_file_for_its_owner_alone() {
    let vault = Vault::new();
    done(&vault.api(&["backup", "copy.db"]));
    assert_eq!(vault.names(), ["copy.db", "main.db"]);
    let mode = fs::metadata(vault.path("copy.db")).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    let before = fs::read(vault.path("copy.db")).unwrap();
    let refused = one_line(&vault.api(&["backup", "copy.db"]), 1);
    assert!(refused.contains("copy.db is there already"), "{refused}");
    assert_eq!(fs::read(vault.path("copy.db")).unwrap(), before);
    // What a try left that was killed is no obstacle.
    fs::write(vault.path("next.db.unfinished"), "half").unwrap();
    done(&vault.api(&["backup", "next.db"]));
    assert_eq!(vault.names(), ["copy.db", "main.db", "next.db"]);
}

#[test]
fn what_cannot_be_copied_leaves_nothing() {
    let vault = Vault::new();
    let nowhere = [("DATABASE_URL", "sqlite://nowhere.db")];
    let refused = one_line(&api(&vault.0, &["backup", "copy.db"], &nowhere), 1);
    assert!(refused.contains("nowhere.db is not there"), "{refused}");
    let refused = one_line(&vault.api(&["backup", "no/such/folder.db"]), 1);
    assert!(refused.contains("no/such/folder.db"), "{refused}");
    let server = [("DATABASE_URL", "postgres://app:secret-word@127.0.0.1:9/app")];
    for (command, instead) in [("backup", "pg_dump"), ("restore", "pg_restore")] {
        let refused = one_line(&api(&vault.0, &[command, "copy.db"], &server), 1);
        assert!(refused.contains(instead), "{refused}");
        assert!(!refused.contains("secret-word"), "{refused}");
    }
    assert_eq!(vault.names(), ["main.db"]);
}

#[test]
fn a_copy_that_is_not_whole_takes_nobodys_place() {
    let vault = Vault::new();
    done(&vault.api(&["backup", "copy.db"]));
    let whole = fs::read(vault.path("copy.db")).unwrap();
    let middle = whole.len() / 2 / 4096 * 4096;
    let mut torn = whole.clone();
    torn[middle..middle + 4096].fill(0xA5);
    for (name, bytes) in [
        ("torn.db", torn.as_slice()),
        ("short.db", &whole[..middle]),
        (
            "text.db",
            b"this is no database at all, but it is long enough to look at",
        ),
        ("empty.db", b""),
    ] {
        fs::write(vault.path(name), bytes).unwrap();
        fs::set_permissions(vault.path(name), Permissions::from_mode(0o600)).unwrap();
        let refused = one_line(&vault.api(&["restore", name, "--replace"]), 1);
        assert!(refused.contains("no whole database"), "{name}: {refused}");
        fs::remove_file(vault.path(name)).unwrap();
    }
    let refused = one_line(&vault.api(&["restore", "lost.db", "--replace"]), 1);
    assert!(refused.contains("lost.db is not there"), "{refused}");
    assert_eq!(vault.names(), ["copy.db", "main.db"]);
    stops(vault.serves());
}

/// The very day on which a backup is wanted.
#[test]
fn a_database_that_is_ruined_or_lost_is_replaced() {
    let vault = Vault::new();
    stops(vault.serves());
    done(&vault.api(&["backup", "copy.db"]));
    fs::write(vault.path("main.db"), "ruined").unwrap();
    fs::write(vault.path("main.db-wal"), "so is this").unwrap();
    done(&vault.api(&["restore", "copy.db", "--replace"]));
    stops(vault.serves());
    let names = vault.names();
    let aside = names.iter().filter(|name| name.contains(".before-"));
    assert_eq!(aside.count(), 2, "{names:?}");

    fs::remove_file(vault.path("main.db")).unwrap();
    done(&vault.api(&["restore", "copy.db"]));
    stops(vault.serves());
}

/// One address, read in one way by whatever opens, copies or replaces the database.
#[test]
fn a_name_that_is_escaped_in_the_address_is_one_name_for_every_command() {
    for (escaped, name) in [
        ("my%20app.db", "my app.db"),
        ("%C3%A4%3F100%25.db", "ä?100%.db"),
    ] {
        let folder = TempDir::new().unwrap();
        let url = format!("sqlite://{}/{escaped}", folder.path().display());
        let calls = |arguments: &[&str]| api(&folder, arguments, &[("DATABASE_URL", &url)]);
        done(&calls(&["migrate"]));
        let server = Server::start_in(TempDir::new().unwrap(), &[("DATABASE_URL", &url)]);
        let (alice, _) = enters(&server, "register", "alice");
        let said = done(&calls(&["backup", "copy.db"]));
        assert!(said.contains(": 1 users"), "{said}");
        stops(server);
        let said = done(&calls(&["restore", "copy.db", "--replace"]));
        assert!(said.contains("1 sessions revoked"), "{said}");
        let server = Server::start_in(TempDir::new().unwrap(), &[("DATABASE_URL", &url)]);
        let answer = presents(&server, "refresh", &alice);
        assert!(answer.contains("session_revoked"), "{answer}");
        stops(server);
        let entries = fs::read_dir(folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let strange: Vec<_> = names
            .filter(|file| file != "copy.db" && !file.starts_with(name))
            .collect();
        assert!(strange.is_empty(), "{strange:?}");
    }
}

/// In a folder that others may look into, by somebody whose files others may read.
#[test]
fn whatever_holds_hashes_is_its_owners_alone_from_the_first_byte() {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let url = format!("sqlite://{}/main.db", folder.path().display());
    let carelessly = |arguments: &[&str], variables: &[(&str, &str)]| {
        let inner = command(&folder, arguments, variables);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "umask 022 && exec \"$0\" \"$@\""])
            .arg(inner.get_program())
            .args(inner.get_args())
            .current_dir(folder.path())
            .env_clear()
            .envs(variables.iter().copied());
        shell
    };
    let database = [("DATABASE_URL", url.as_str())];
    done(&carelessly(&["migrate"], &database).output().unwrap());
    let serve = carelessly(&["serve"], &variables(&database));
    let server = Server::start_command(TempDir::new().unwrap(), serve);
    enters(&server, "register", "alice");
    done(
        &carelessly(&["backup", "copy.db"], &database)
            .output()
            .unwrap(),
    );
    for name in ["main.db", "main.db-wal", "main.db-shm", "copy.db"] {
        let mode = fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o600, "{name}");
    }
    stops(server);
    let again = ["restore", "copy.db", "--replace"];
    done(&carelessly(&again, &database).output().unwrap());
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", entry.file_name());
    }
}
