//! Checks whether the schema is the one that this program needs, and migrates it.

use super::migration::Migrator;
use super::{Database, DbError, commit};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};
use sea_orm_migration::MigratorTrait;
use std::collections::HashSet;

/// The advisory lock of a migration; any number that no other program uses here.
const LOCK: i64 = 0x636f_756e_7465_7200;

/// Whether a database is usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It is usable.
    Ready,
    /// Its schema lacks a migration.
    Behind,
    /// It is read-only.
    ReadOnly,
}

impl Database {
    /// Applies all missing migrations or none. Of several nodes that start this, one migrates and
    /// the others wait for it.
    ///
    /// # Errors
    /// [`DbError`] if the database query fails, or if a table was in use for too long.
    pub async fn migrate(&self) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            acquire_migration_lock(&transaction).await?;
        }
        // A newer release may have migrated already; its additions are no reason to fail.
        if !is_complete(&transaction).await? {
            Migrator::up(&transaction, None).await?;
        }
        commit(transaction).await
    }

    /// Whether the database responds, accepts writes, and its schema has all that this program
    /// needs. It may have more: while a newer release is rolled out, the nodes of the previous one
    /// continue to work.
    pub async fn is_ready(&self) -> bool {
        matches!(self.readiness().await, Ok(Readiness::Ready))
    }

    /// Like [`Self::is_ready`], with the cause.
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

/// Waits for a concurrent migration, however long it takes. The migration itself may take long too,
/// but must not wait for a lock on a table, because all other statements would wait behind it.
async fn acquire_migration_lock(transaction: &DatabaseTransaction) -> Result<(), DbError> {
    let turn = format!(
        "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
         SELECT pg_advisory_xact_lock({LOCK}); SET LOCAL lock_timeout = '2s'"
    );
    transaction.execute_unprepared(&turn).await?;
    Ok(())
}

/// True for a standby, or a server or database with read-only transactions. Always false for
/// SQLite, where only a write shows it.
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
