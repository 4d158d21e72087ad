use crate::StartError;
use crate::auth::keys::rotation::RotationError;
use crate::config::ConfigError;
use crate::db::Outage;
use crate::db::backup::BackupError;
use std::process::ExitCode;
use thiserror::Error;

/// Why a command failed, in one line.
#[derive(Debug, Error)]
pub(super) enum Failure {
    /// A variable cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database does not answer.
    #[error("DATABASE_URL leads to a database that does not answer ({}); check that it exists, is reachable and may be written to", .0.0)]
    Database(#[from] Outage),
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_) => ExitCode::from(2),
            Self::Database(_) | Self::Other(_) => ExitCode::FAILURE,
        }
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Config(error) => error.into(),
            StartError::Outage(error) => error.into(),
        }
    }
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Outage(error) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<RotationError> for Failure {
    fn from(error: RotationError) -> Self {
        match error {
            RotationError::Config(error) => error.into(),
            other => Self::Other(other.to_string()),
        }
    }
}
