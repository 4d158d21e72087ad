use crate::StartError;
use crate::auth::token::keys::rotation::RotationError;
use crate::config::{ConfigError, ConfigErrors};
use crate::db::backup::BackupError;
use crate::db::{ConnectError, DbError};
use std::process::ExitCode;
use thiserror::Error;

/// Why a command failed, in one line; in several where several variables cannot be used.
#[derive(Debug, Error)]
pub(crate) enum CliError {
    /// Variables cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigErrors),
    /// The database does not answer.
    #[error("DATABASE_URL leads to a database that does not answer ({}); check that it exists, is reachable and may be written to", .0.0)]
    Database(DbError),
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

impl CliError {
    /// A standby, or a database that was told to be read-only.
    pub(crate) fn read_only() -> Self {
        let problem = "DATABASE_URL leads to a database that cannot be written to; \
                       name the primary, or let transactions there write";
        Self::Other(problem.to_owned())
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_) => ExitCode::from(2),
            Self::Database(_) | Self::Other(_) => ExitCode::FAILURE,
        }
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error.into())
    }
}

impl From<DbError> for CliError {
    /// A database that answers, and will not have what the variable says, is no outage.
    fn from(outage: DbError) -> Self {
        let (problem, remedy) = match outage.connect_error() {
            None => return Self::Database(outage),
            // It may be promoted any moment, which no variable has to do with.
            Some(ConnectError::ReadOnly) => return Self::read_only(),
            Some(ConnectError::Credentials) => (
                "names a user or a password that the database refuses",
                "mend them; what is special in a password is percent-encoded, %40 for @",
            ),
            Some(ConnectError::NoSuchDatabase) => (
                "names a database that the server does not have",
                "mend its name, or make it with createdb",
            ),
        };
        ConfigError::new("DATABASE_URL", problem, remedy).into()
    }
}

impl From<StartError> for CliError {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Config(error) => error.into(),
            StartError::Outage(error) => error.into(),
        }
    }
}

impl From<BackupError> for CliError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Outage(error) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<RotationError> for CliError {
    fn from(error: RotationError) -> Self {
        match error {
            RotationError::Config(error) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}
