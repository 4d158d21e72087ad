//! Telling other nodes that sessions ended, by PostgreSQL's LISTEN and NOTIFY. It only makes them
//! look sooner: what a node misses while its connection is cut, it reads when it looks next.

use super::{Database, DbError};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, RuntimeErr};
use sqlx::postgres::PgListener;

/// One channel for all: who hears of anything reads what is new.
const CHANNEL: &str = "sessions_ended";

/// Hears when sessions ended on any node.
pub struct RevocationListener(PgListener);

impl RevocationListener {
    /// Resolves when something may have ended, also after a lost connection was found again.
    ///
    /// # Errors
    /// [`DbError`] where the connection is lost and does not come back.
    pub async fn next(&mut self) -> Result<(), DbError> {
        self.0.try_recv().await.map_err(outage)?;
        // What was told meanwhile is read by the same look.
        while self.0.next_buffered().is_some() {}
        Ok(())
    }
}

impl Database {
    /// Begins to listen; `None` where the database is a file, which tells nobody anything.
    ///
    /// # Errors
    /// [`DbError`] where the database does not answer.
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

/// Tells every node, once the transaction commits.
pub async fn notify(on: &impl ConnectionTrait) -> Result<(), DbError> {
    if on.get_database_backend() == DbBackend::Postgres {
        on.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}

fn outage(error: sqlx::Error) -> DbError {
    DbErr::Conn(RuntimeErr::SqlxError(error.into())).into()
}
