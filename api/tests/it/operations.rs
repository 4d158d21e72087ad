//! What operators meet besides their variables: a database that refuses, a standby, a server that is
//! asked how it is, a folder of keys that is not ours.

use crate::postgres::{Cluster, Durability};
use crate::program::{SECRETS, api, one_line};
use crate::server::Server;
use rustix::process::geteuid;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::process::Output;
use tempfile::TempDir;

fn health(listen: &str, more: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    let mut arguments = vec!["health"];
    arguments.extend(more);
    api(
        &folder,
        &arguments,
        &[("LISTEN", listen), ("RUST_LOG", "off")],
    )
}

#[test]
fn a_server_is_asked_how_it_is_without_a_shell() {
    let server = Server::start(&[]);
    for more in [&[][..], &["--alive"]] {
        let output = health(&server.address, more);
        assert!(output.status.success(), "{output:?}");
    }
    // It listens everywhere, so it is asked on loopback.
    let (_, port) = server.address.rsplit_once(':').unwrap();
    assert!(health(&format!("0.0.0.0:{port}"), &[]).status.success());
    server.is_asked_to_stop();
    let address = server.address.clone();
    server.ends();
    let said = one_line(&health(&address, &[]), 1);
    assert!(said.contains(&address), "{said}");
    let said = one_line(&health("127.0.0.1:0", &[]), 2);
    assert!(said.starts_with("error: LISTEN "), "{said}");
}

#[test]
fn a_server_that_says_no_is_not_well() {
    for (path, more) in [("/readyz", &[][..]), ("/healthz", &["--alive"])] {
        let other = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = other.local_addr().unwrap().to_string();
        let heard = std::thread::spawn(move || {
            let (mut stream, _) = other.accept().unwrap();
            let mut request = [0; 512];
            let length = stream.read(&mut request).unwrap();
            stream
                .write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
                .unwrap();
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let said = one_line(&health(&address, more), 1);
        assert!(said.contains("says 503"), "{said}");
        let request = heard.join().unwrap();
        assert!(request.starts_with(&format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n")));
    }
}

/// Who owns the folder gives it any mode and puts any key in it.
#[test]
fn a_folder_of_keys_that_belongs_to_another_user_is_refused() {
    if !geteuid().is_root() {
        // Only root gives something away.
        return;
    }
    let folder = TempDir::new().unwrap();
    let mut variables = SECRETS.to_vec();
    variables.extend([("JWT_ALGORITHM", "EdDSA"), ("JWT_KEYS", "keys")]);
    assert!(
        api(&folder, &["key", "rotate"], &variables)
            .status
            .success()
    );
    let keys = folder.path().join("keys");
    let key = std::fs::read_dir(&keys).unwrap().next().unwrap().unwrap();
    let (user, group) = crate::postgres::unprivileged();
    for path in [keys, key.path()] {
        chown(&path, Some(user), Some(group)).unwrap();
        for words in [&["serve"][..], &["key", "list"], &["key", "rotate"]] {
            let said = one_line(&api(&folder, words, &variables), 2);
            assert!(said.starts_with("error: JWT_KEYS "), "{said}");
            assert!(said.contains("another user"), "{said}");
        }
        chown(&path, Some(0), Some(0)).unwrap();
    }
    assert!(api(&folder, &["key", "list"], &variables).status.success());
}

#[test]
fn a_folder_of_keys_that_is_not_there_yet_is_made_by_the_server() {
    let folder = TempDir::new().unwrap();
    let keys = folder.path().join("keys");
    let server = Server::start(&[("JWT_KEYS", keys.to_str().unwrap())]);
    assert!(health(&server.address, &[]).status.success());
    assert!(keys.is_dir());
}

mod on_postgres {
    use super::*;
    use crate::place::Place;
    use crate::server::variables;
    use crate::world::World;
    use std::fs;
    use std::sync::OnceLock;
    use std::time::{Duration, Instant};

    /// One that these stories may spoil.
    fn cluster() -> &'static Cluster {
        static OURS: OnceLock<Cluster> = OnceLock::new();
        OURS.get_or_init(|| Cluster::start(Durability::None))
    }

    fn sql(cluster: &Cluster, statement: &str) {
        cluster.runs("psql", &["-q", "-c", statement]);
    }

    #[test]
    fn a_wrong_password_and_a_wrong_name_are_said_to_be_wrong() {
        let cluster = Cluster::start(Durability::None);
        sql(&cluster, "CREATE ROLE app LOGIN PASSWORD 'right@1'");
        sql(&cluster, "CREATE DATABASE app OWNER app");
        let rules = cluster.folder.join("data/pg_hba.conf");
        let before = fs::read_to_string(&rules).unwrap();
        fs::write(&rules, format!("local all app scram-sha-256\n{before}")).unwrap();
        sql(&cluster, "SELECT pg_reload_conf()");
        let folder = TempDir::new().unwrap();
        let at = |user: &str, database: &str| {
            let host = cluster.folder.display();
            format!("postgres://{user}@localhost/{database}?host={host}")
        };
        let migrates = |url: &str| {
            api(
                &folder,
                &["migrate"],
                &[("DATABASE_URL", url), ("RUST_LOG", "off")],
            )
        };
        assert!(migrates(&at("app:right%401", "app")).status.success());
        for (user, database, problem) in [
            (
                "app:wrong-word",
                "app",
                "a user or a password that the database refuses",
            ),
            (
                "nobody-here",
                "app",
                "a user or a password that the database refuses",
            ),
            (
                "app:right%401",
                "nowhere",
                "a database that the server does not have",
            ),
            ("app:right@1", "app", "a raw @ or # in it"),
        ] {
            let said = one_line(&migrates(&at(user, database)), 2);
            assert!(said.starts_with("error: DATABASE_URL "), "{said}");
            assert!(
                said.contains(problem) && !said.contains("wrong-word"),
                "{said}"
            );
        }
    }

    #[test]
    fn a_standby_is_no_place_to_serve_from_or_to_migrate() {
        let primary = cluster();
        primary.runs("createdb", &["followed"]);
        let folder = TempDir::new().unwrap();
        let at = |cluster: &Cluster, words: &[&str]| {
            let url = cluster.url("followed");
            api(
                &folder,
                words,
                &variables(&[("DATABASE_URL", &url), ("RUST_LOG", "off")]),
            )
        };
        assert!(at(primary, &["migrate"]).status.success());
        let standby = primary.standby();
        for words in [
            &["migrate"][..],
            &["serve"],
            &["session", "end", "--everyone"],
        ] {
            let said = one_line(&at(&standby, words), 1);
            assert!(
                said.contains("DATABASE_URL leads to a database that cannot be written"),
                "{said}"
            );
        }
        let read_only = "ALTER DATABASE followed SET default_transaction_read_only = on";
        sql(primary, read_only);
        for words in [&["migrate"][..], &["serve"]] {
            let said = one_line(&at(primary, words), 1);
            assert!(said.contains("cannot be written to"), "{said}");
        }
    }

    #[tokio::test]
    async fn a_node_whose_database_cannot_be_written_to_any_more_is_not_ready() {
        let cluster: &'static Cluster = Box::leak(Box::new(Cluster::start(Durability::None)));
        let world = World::on(Place::Server(cluster.database()), |_| {}).await;
        let anyone = world.browser();
        anyone.gets("/readyz").await.is(200);
        for (setting, status) in [("on", 503), ("off", 200)] {
            sql(
                cluster,
                &format!("ALTER SYSTEM SET default_transaction_read_only = {setting}"),
            );
            sql(cluster, "SELECT pg_reload_conf()");
            // The database is asked once a second, whoever asks the node.
            let end = Instant::now() + Duration::from_secs(20);
            let mut seen = 0;
            while seen != status && Instant::now() < end {
                seen = anyone.gets("/readyz").await.status;
                tokio::task::yield_now().await;
            }
            assert_eq!(seen, status, "read-only is {setting}");
        }
    }
}
