//! A running program, the secrets that it was given or gave, and all that could be heard of it.

use super::dump;
use super::search::{Place, Secret};
use super::wire::{Answer, Ask};
use crate::metrics::gets;
use crate::place;
use crate::program::{api, command};
use crate::server::{Server, variables};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::io::Write;
use std::process::Stdio;
use tempfile::TempDir;

/// The end of each cookie, in bytes: what only the server could make.
const TAG: usize = 32;

/// Something nobody else has, of hexadecimal digits.
pub fn unique() -> String {
    api::auth::random::hex(&api::auth::random::random::<16>())
}

pub struct Stage {
    server: Server,
    settings: Vec<(&'static str, String)>,
    folder: TempDir,
    database: place::Place,
    secrets: Vec<Secret>,
    places: Vec<Place>,
    visited: Vec<((&'static str, String), u16)>,
}

impl Stage {
    /// Starts the program with keys of that algorithm, on an empty database, with an administrator.
    pub fn set(algorithm: &'static str) -> Self {
        let folder = TempDir::new().unwrap();
        let database = place::Place::fresh();
        let keys = folder.path().join("keys").display().to_string();
        // PostgreSQL lets the tests in without asking for it.
        let database_password = unique();
        let url = database.url();
        let url = url.replace("postgres@", &format!("postgres:{database_password}@"));
        let mut settings = vec![
            ("DATABASE_URL", url),
            ("JWT_ALGORITHM", algorithm.to_owned()),
            ("JWT_KEYS", keys.clone()),
            ("JWT_SECRET", format!("jwt-{}", unique())),
            ("REFRESH_TOKEN_SECRET", format!("refresh-{}", unique())),
        ];
        let mut secrets = vec![
            Secret::text("the database's password", &database_password),
            Secret::text("JWT_SECRET", &settings[3].1),
            Secret::text("REFRESH_TOKEN_SECRET", &settings[4].1),
        ];
        let mut places = Vec::new();
        for arguments in [&["migrate"][..], &["key", "rotate"], &["key", "list"]] {
            places.push(runs(&folder, &settings, arguments));
        }
        // In HS256 mode that kept the present secret for its last tokens; this is the next.
        settings[3].1 = format!("jwt-{}", unique());
        secrets.push(Secret::text("the next JWT_SECRET", &settings[3].1));
        secrets.extend(in_files(&keys));
        let server = Server::start_in(TempDir::new().unwrap(), &lent(&settings));
        Self {
            server,
            settings,
            folder,
            database,
            secrets,
            places,
            visited: Vec::new(),
        }
    }

    /// A password that nobody else has.
    pub fn password(&mut self, name: &'static str) -> String {
        let password = format!("pass wörd \"{}\"", unique());
        self.knows(Secret::text(name, &password));
        password
    }

    pub fn knows(&mut self, secret: Secret) {
        self.secrets.push(secret);
    }

    /// What somebody at the terminal does, who types that.
    pub fn terminal(&mut self, arguments: &[&str], typed: &str) {
        let mut command = command(&self.folder, arguments, &variables(&lent(&self.settings)));
        command.env("RUST_LOG", "trace").stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "{typed}").unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let said = [output.stdout, output.stderr].concat();
        self.places.push(Place::of_bytes("the terminal", said));
    }

    /// Asks, keeps what was answered, and learns what it must not find elsewhere.
    pub fn asks(&mut self, ask: &Ask<'_>) -> Answer {
        let answer = ask.to(&self.server);
        let name = format!(
            "the answer {} to {} {}",
            answer.status, ask.method, ask.path
        );
        let place = Place::new(&name, &answer.beside_its_tokens());
        self.places.push(place);
        let called = (ask.method, template(ask.path));
        self.visited.push((called, answer.status));
        for (name, value) in answer.cookies() {
            let label = if name == "refresh-8000" {
                "a refresh token"
            } else {
                "another cookie"
            };
            self.knows(Secret::encoded(label, &value, TAG));
        }
        if let Some(token) = answer.token() {
            self.knows(Secret::text("an access token", &token));
        }
        answer
    }

    /// Every endpoint was there with what it grants and with what it refuses, or this fails.
    fn was_complete(&self) {
        for endpoint in shared::endpoint::ALL {
            let called = (endpoint.method.as_str(), endpoint.path.to_owned());
            let visits = self.visited.iter().filter(|(visit, _)| *visit == called);
            let (granted, refused): (Vec<_>, Vec<_>) =
                visits.partition(|(_, status)| *status < 400);
            let both = !granted.is_empty() && !refused.is_empty();
            assert!(
                both,
                "canary/journey.rs does not go there: {endpoint:?}: {granted:?} {refused:?}"
            );
        }
    }

    /// Ends it: all that could be heard, and what must not be in it.
    pub fn ends(mut self) -> (Vec<Place>, Vec<Secret>) {
        self.was_complete();
        let metrics = self.server.metrics.as_deref().expect("it is asked for");
        let page = gets(metrics, "/metrics");
        assert!(page.contains("countersign_logins_total"), "{page}");
        self.places.push(Place::new("the metrics", &page));
        // While it runs, what is new stands beside the file.
        self.places
            .push(Place::of_bytes("the database", dump::of(&self.database)));
        self.server.is_asked_to_stop();
        let (status, log) = self.server.ends();
        assert!(status.success(), "{log}");
        self.places.push(Place::new("the log", &log));
        self.places
            .push(Place::of_bytes("the database", dump::of(&self.database)));
        (self.places, self.secrets)
    }
}

fn lent<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    let mut lent = vec![
        ("RUST_LOG", "trace"),
        ("API_DOCS", "on"),
        ("ADDRESS_LIMIT", "100000"),
        ("METRICS_LISTEN", "127.0.0.1:0"),
    ];
    lent.extend(settings.iter().map(|(name, value)| (*name, value.as_str())));
    lent
}

fn runs(folder: &TempDir, settings: &[(&'static str, String)], arguments: &[&str]) -> Place {
    let output = api(folder, arguments, &lent(settings));
    assert!(output.status.success(), "{output:?}");
    Place::of_bytes("the terminal", [output.stdout, output.stderr].concat())
}

/// The private part of each key on disk.
fn in_files(keys: &str) -> Vec<Secret> {
    let files = std::fs::read_dir(keys)
        .unwrap()
        .map(|file| file.unwrap().path());
    let secrets: Vec<_> = files
        .map(|file| {
            let key: serde_json::Value =
                serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
            let private = key["d"].as_str().or(key["k"].as_str()).unwrap();
            let length = URL_SAFE_NO_PAD.decode(private).unwrap().len();
            Secret::encoded("a key on disk", private, length)
        })
        .collect();
    assert!(!secrets.is_empty(), "there is a key on disk");
    secrets
}

/// The endpoint's path, as the contract writes it.
fn template(path: &str) -> String {
    let path = path.split('?').next().unwrap();
    let is_id = |part: &str| part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts = path
        .split('/')
        .map(|part| if is_id(part) { "{id}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
