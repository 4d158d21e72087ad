//! Notifies other nodes of revoked sessions, with PostgreSQL's LISTEN and NOTIFY. A notification
//! only makes them poll sooner: what a node misses while its connection is lost, it reads at the
//! next poll.

use super::{Database, DbError};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, RuntimeErr};
use sqlx::postgres::PgListener;

/// One channel for all: each notification makes a node read all that is new.
const CHANNEL: &str = "sessions_ended";

/// Receives a notification when any node revokes sessions.
pub struct RevocationListener(PgListener);

impl RevocationListener {
    /// Resolves when sessions may have been revoked, also after a reconnect.
    ///
    /// # Errors
    /// [`DbError`] if the connection is lost and cannot be restored.
    pub async fn next(&mut self) -> Result<(), DbError> {
        self.0.try_recv().await.map_err(outage)?;
        // The same poll reads the revocations of these notifications.
        while self.0.next_buffered().is_some() {}
        Ok(())
    }
}

impl Database {
    /// Starts to listen; `None` for SQLite, which has no notifications.
    ///
    /// # Errors
    /// [`DbError`] if the database query fails.
    pub async fn revocation_listener(&self) -> Result<Option<RevocationListener>, DbError> {
        if self.connection.get_database_backend() != DbBackend::Postgres {
            return Ok(None);
        }
        let pool = self.connection.get_postgres_connection_pool();
        let mut listener = PgListener::connect_with(pool).await.map_err(outage)?;
        listener.listen(CHANNEL).await.map_err(outage)?;
        Ok(Some(RevocationListener(listener)))
    }
}

/// Notifies every node when the transaction commits.
pub async fn notify(on: &impl ConnectionTrait) -> Result<(), DbError> {
    if on.get_database_backend() == DbBackend::Postgres {
        on.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}

fn outage(error: sqlx::Error) -> DbError {
    DbErr::Conn(RuntimeErr::SqlxError(error.into())).into()
}
