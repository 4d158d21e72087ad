use super::ConfigError;
use std::fmt;
use url::Url;

const FORMS: &str = "use sqlite://path/to/file.db or postgres://user:password@host/name";
const ESCAPES: &str =
    "percent-encode what is special in a password: %2F for /, %23 for #, %40 for @";

/// Where the data lives. It may hold a password, so it does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

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
        let file = value
            .strip_prefix("sqlite://")
            .or_else(|| value.strip_prefix("sqlite:"))
            .is_some_and(|path| !path.is_empty() && !path.contains(":memory:"));
        let server = ["postgres://", "postgresql://"].iter().any(|scheme| {
            value
                .strip_prefix(scheme)
                .is_some_and(|rest| !rest.is_empty())
        });
        let refuse = |problem, remedy| Err(ConfigError::new("DATABASE_URL", problem, remedy));
        if !file && !server {
            refuse("names no database that is known here", FORMS)
        } else if Url::parse(value).is_err() {
            // sea-orm would repeat it in its error, password and all.
            refuse("is no URL", ESCAPES)
        } else {
            Ok(Self(value.to_owned()))
        }
    }

    /// Whether it is an SQLite file.
    pub fn is_sqlite(&self) -> bool {
        self.0.starts_with("sqlite:")
    }

    /// The file's path, for SQLite.
    pub fn file(&self) -> Option<&str> {
        let rest = self.0.strip_prefix("sqlite:")?;
        let path = rest.strip_prefix("//").unwrap_or(rest);
        path.split('?').next()
    }

    /// The whole of it, for the driver alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_databases_are_taken() {
        for (value, good) in [
            ("sqlite://data/countersign.db", true),
            ("sqlite:data/countersign.db", true),
            ("postgres://app:secret@127.0.0.1/app", true),
            ("sqlite::memory:", false),
            ("sqlite://", false),
            ("mysql://127.0.0.1/app", false),
            ("postgres://app:sec/ret@127.0.0.1/app", false),
            ("postgres://app:sec#ret@127.0.0.1/app", false),
            ("postgres://app:sec%2Fret@127.0.0.1/app", true),
            ("postgres://postgres@localhost/app?host=/tmp/a", true),
            ("", false),
        ] {
            assert_eq!(DatabaseUrl::parse(value).is_ok(), good, "{value:?}");
        }
        let url = DatabaseUrl::parse("postgres://app:secret@127.0.0.1/app").expect("it is good");
        assert!(!format!("{url:?}").contains("secret"));
    }

    #[test]
    fn the_file_of_an_sqlite_url() {
        let url = DatabaseUrl::parse("sqlite://data/a.db?mode=rwc").expect("it is good");
        assert_eq!(url.file(), Some("data/a.db"));
    }
}
