use super::ConfigError;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use std::fmt;
use std::path::{Path, PathBuf};
use url::Url;

const VARIABLE: &str = "DATABASE_URL";
const FORMS: &str = "use sqlite://path/to/file.db or postgres://user:password@host/name";
const PATH_ESCAPES: &str =
    "percent-encode what is special in a path: %20 for a blank, %23 for #, %3F for ?";
const ESCAPES: &str =
    "percent-encode what is special in a password: %2F for /, %23 for #, %40 for @";

/// Where the data lives. It may hold a password, so it does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    text: String,
    /// For SQLite, as the driver reads it: everybody who opens, copies or replaces it asks here.
    file: Option<PathBuf>,
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_sqlite() {
            "DatabaseUrl(sqlite:..)"
        } else {
            "DatabaseUrl(postgres:..)"
        })
    }
}

impl DatabaseUrl {
    /// Takes the two databases that the queries are written for.
    pub fn parse(value: &str) -> Result<Self, ConfigError> {
        let is_server = |scheme: &&str| value.starts_with(scheme) && value.len() > scheme.len();
        let file = if value.starts_with("sqlite:") {
            Some(file(value)?)
        } else if ["postgres://", "postgresql://"].iter().any(is_server) {
            server(value)?;
            None
        } else {
            return refuse("names no database that is known here", FORMS);
        };
        let text = value.to_owned();
        Ok(Self { text, file })
    }

    /// That file, whatever it is called.
    pub fn of_file(file: &Path) -> Result<Self, ConfigError> {
        let escaped = |byte: &u8| match byte {
            b'/' | b'.' | b'-' | b'_' => char::from(*byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
            byte => format!("%{byte:02X}"),
        };
        let bytes = file.as_os_str().as_encoded_bytes().iter();
        Self::parse(&format!(
            "sqlite://{}",
            bytes.map(escaped).collect::<String>()
        ))
    }

    /// Whether it is an SQLite file.
    pub fn is_sqlite(&self) -> bool {
        self.file.is_some()
    }

    /// The file, for SQLite.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The whole of it, for the driver alone.
    pub fn expose(&self) -> &str {
        &self.text
    }
}

/// The path, as the driver decodes it.
fn file(value: &str) -> Result<PathBuf, ConfigError> {
    let (address, parameters) = value.split_once('?').unwrap_or((value, ""));
    // The others would make it another kind of database, or one that nothing can be written to.
    if !["", "mode=rwc", "mode=rw"].contains(&parameters) {
        return refuse("has parameters", "write nothing behind the path");
    }
    if address.contains(":memory:") {
        return refuse("is in memory, where nothing stays", FORMS);
    }
    if Url::parse(value).is_err() || address.contains('#') {
        return refuse("is no URL", PATH_ESCAPES);
    }
    let Ok(options) = value.parse::<SqliteConnectOptions>() else {
        return refuse("is no path in UTF-8", PATH_ESCAPES);
    };
    let path = options.get_filename();
    if path.as_os_str().is_empty() || path.ends_with("..") || value.ends_with('/') {
        return refuse("names no file", FORMS);
    }
    if path.as_os_str().as_encoded_bytes().contains(&0) {
        return refuse("has a NUL in its path", FORMS);
    }
    Ok(path.to_owned())
}

/// Whether the driver takes it for what was meant. What it says may repeat the password.
fn server(value: &str) -> Result<(), ConfigError> {
    // The one before the host is the only one that may stand there as it is: an @ in a password
    // that is followed by / # or ? makes a host of what is between.
    if value.matches('@').count() > 1 || value.contains('#') {
        return refuse("has a raw @ or # in it", ESCAPES);
    }
    let Ok(url) = Url::parse(value) else {
        return refuse("is no URL", ESCAPES);
    };
    // Behind a raw / the rest of a password, with its @, is the name of a database.
    if url.path().contains('@') || url.query().is_some_and(|query| query.contains('@')) {
        return refuse("has a raw / or ? in its password", ESCAPES);
    }
    match value.parse::<PgConnectOptions>() {
        Ok(_) => Ok(()),
        Err(_) => refuse("has a part that is not understood", FORMS),
    }
}

fn refuse<T>(problem: &'static str, remedy: &'static str) -> Result<T, ConfigError> {
    Err(ConfigError::new(VARIABLE, problem, remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_databases_are_taken() {
        for (value, good) in [
            ("sqlite://data/countersign.db", true),
            ("sqlite:data/countersign.db", true),
            ("sqlite:///var/lib/my app.db", true),
            ("sqlite://data/a.db?mode=rwc", true),
            ("sqlite://data/a.db?mode=ro", false),
            ("sqlite://data/a.db?mode=memory", false),
            ("sqlite://data/a.db?immutable=1", false),
            ("sqlite://data/a.db#b", false),
            ("sqlite://data/%ff.db", false),
            ("sqlite://data/%00.db", false),
            ("sqlite://data/", false),
            ("sqlite::memory:", false),
            ("sqlite://", false),
            ("sqlite:", false),
            ("postgres://app:secret@127.0.0.1/app", true),
            ("postgresql://app:secret@127.0.0.1/app", true),
            ("mysql://127.0.0.1/app", false),
            ("postgres://", false),
            ("postgres://app:secret@127.0.0.1/app?sslmode=maybe", false),
            ("postgres://app:sec/ret@127.0.0.1/app", false),
            ("postgres://app:5/ret@127.0.0.1/app", false),
            ("postgres://app:5?ret@127.0.0.1/app", false),
            ("postgres://app:sec#ret@127.0.0.1/app", false),
            ("postgres://app:sec%2Fret@127.0.0.1/app", true),
            ("postgres://app:sec@ret@127.0.0.1/app", false),
            ("postgres://app:sec@ret/5@127.0.0.1/app", false),
            ("postgres://app:sec%40ret@127.0.0.1/app", true),
            ("postgres://postgres@localhost/app?host=/tmp/a", true),
            ("", false),
        ] {
            assert_eq!(DatabaseUrl::parse(value).is_ok(), good, "{value:?}");
        }
        let url = DatabaseUrl::parse("postgres://app:secret@127.0.0.1/app").expect("it is good");
        assert!(!format!("{url:?}").contains("secret"));
    }

    #[test]
    fn the_file_is_the_one_that_the_driver_opens() {
        for (value, file) in [
            ("sqlite://data/a.db?mode=rwc", "data/a.db"),
            ("sqlite:data/a.db", "data/a.db"),
            ("sqlite://data/my%20app.db", "data/my app.db"),
            ("sqlite:///srv/100%25/%C3%A4%3f%23.db", "/srv/100%/ä?#.db"),
        ] {
            let url = DatabaseUrl::parse(value).expect(value);
            assert_eq!(url.file(), Some(Path::new(file)), "{value}");
            let driver: SqliteConnectOptions = url.expose().parse().expect(value);
            assert_eq!(driver.get_filename(), Path::new(file), "{value}");
        }
    }

    #[test]
    fn any_file_has_an_address_that_leads_to_it() {
        for name in [
            "a.db",
            "/tmp/my app.db",
            "100%.db",
            "a%20b.db",
            "ä?#&'.db",
            "a:1/b",
        ] {
            let url = DatabaseUrl::of_file(Path::new(name)).expect(name);
            assert_eq!(url.file(), Some(Path::new(name)));
        }
    }
}
