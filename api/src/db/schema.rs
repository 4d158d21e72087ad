//! Whether the schema is the one that this program wants, and making it so.

use super::migration::Migrator;
use super::{Database, DbError, commit};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};
use sea_orm_migration::MigratorTrait;
use std::collections::HashSet;

/// Whoever migrates holds this lock; any number that no other program here uses.
const LOCK: i64 = 0x636f_756e_7465_7200;

/// Whether a database can be worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It can.
    Ready,
    /// Its schema lacks something.
    Behind,
    /// Nothing can be written to it.
    ReadOnly,
}

impl Database {
    /// Brings the schema up to date, all of it or nothing. Of several nodes that want to, one does,
    /// and the others wait for it.
    ///
    /// # Errors
    /// [`DbError`] where the database does not answer, or where a table was in use for too long.
    pub async fn migrate(&self) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            acquire_migration_lock(&transaction).await?;
        }
        // A newer release may have been here; what it added is no reason to refuse.
        if !is_complete(&transaction).await? {
            Migrator::up(&transaction, None).await?;
        }
        commit(transaction).await
    }

    /// Whether it answers, can be written to, and its schema has all that this program was built
    /// for. It may have more: while a newer release is rolled out, the nodes of the one before go on.
    pub async fn is_ready(&self) -> bool {
        matches!(self.readiness().await, Ok(Readiness::Ready))
    }

    /// The same, with what is missing.
    pub async fn readiness(&self) -> Result<Readiness, DbError> {
        if is_read_only(&self.connection).await? {
            Ok(Readiness::ReadOnly)
        } else if is_complete(&self.connection).await? {
            Ok(Readiness::Ready)
        } else {
            Ok(Readiness::Behind)
        }
    }
}

/// Waits for whoever migrates, however long that takes. What follows may take long too, but does
/// not wait for a lock on a table, because everybody else would wait behind it.
async fn acquire_migration_lock(transaction: &DatabaseTransaction) -> Result<(), DbError> {
    let turn = format!(
        "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
         SELECT pg_advisory_xact_lock({LOCK}); SET LOCAL lock_timeout = '2s'"
    );
    transaction.execute_unprepared(&turn).await?;
    Ok(())
}

/// A standby, or a server or database whose transactions only read. A file is asked by writing.
async fn is_read_only(on: &impl ConnectionTrait) -> Result<bool, DbErr> {
    if on.get_database_backend() != DbBackend::Postgres {
        return Ok(false);
    }
    let ask = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean";
    let row = on
        .query_one_raw(Statement::from_string(DbBackend::Postgres, ask))
        .await?;
    row.map_or(Ok(true), |row| row.try_get_by_index(0))
}

async fn is_complete(on: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let tables = match on.get_database_backend() {
        DbBackend::Postgres => "SELECT to_regclass('seaql_migrations') IS NOT NULL",
        _ => "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations')",
    };
    let ask = |query: &str| Statement::from_string(on.get_database_backend(), query);
    let found = on.query_one_raw(ask(tables)).await?;
    if !found.is_some_and(|row| row.try_get_by_index(0).unwrap_or(false)) {
        return Ok(false);
    }
    let rows = on
        .query_all_raw(ask("SELECT version FROM seaql_migrations"))
        .await?;
    let versions = rows.iter().map(|row| row.try_get_by_index::<String>(0));
    let done = versions.collect::<Result<HashSet<_>, _>>()?;
    Ok(Migrator::migrations()
        .iter()
        .all(|migration| done.contains(migration.name())))
}
