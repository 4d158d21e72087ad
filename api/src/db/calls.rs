//! Limits how many requests may wait for the database.
//!
//! A request waits for a connection behind all earlier ones. If hundreds wait, sign-ins and
//! refreshes wait behind them, so only a few requests may; the others get an overload error at
//! once. Sign-ins, refreshes and background tasks have their own limits and are not counted.

use super::{Database, DbError};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Together they wait for a few hundredths of a second.
const MAX_WAITING: usize = 64;
/// The error of a request that may not wait.
pub(super) const BUSY: &str = "too many calls wait for the database";

/// How many requests were rejected in this process.
static REJECTED: AtomicU64 = AtomicU64::new(0);

/// How many requests were rejected because too many were waiting for the database.
pub fn rejected_total() -> u64 {
    REJECTED.load(Ordering::Relaxed)
}

/// The permits of the requests that wait.
#[derive(Clone, Debug)]
pub(super) struct CallPermits(Arc<Semaphore>);

impl Default for CallPermits {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MAX_WAITING)))
    }
}

impl CallPermits {
    /// A permit, which is released when it is dropped, also if the request is cancelled.
    fn try_acquire(&self) -> Result<SemaphorePermit<'_>, DbErr> {
        self.0.try_acquire().map_err(|_| {
            REJECTED.fetch_add(1, Ordering::Relaxed);
            DbErr::Custom(BUSY.to_owned())
        })
    }
}

/// Runs single statements of requests.
pub struct Calls<'a> {
    connection: &'a DatabaseConnection,
    places: &'a CallPermits,
}

impl Database {
    /// For single statements of requests, which may fail because the database is busy.
    pub fn calls(&self) -> Calls<'_> {
        Calls {
            connection: &self.connection,
            places: &self.places,
        }
    }

    /// Starts a writing transaction of a request, which may fail because the database is busy.
    ///
    /// # Errors
    /// [`DbError`] also if too many requests wait.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbError> {
        let _place = self.places.try_acquire()?;
        self.begin_first().await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Calls<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let _place = self.places.try_acquire()?;
        self.connection.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let _place = self.places.try_acquire()?;
        self.connection.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let _place = self.places.try_acquire()?;
        self.connection.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let _place = self.places.try_acquire()?;
        self.connection.query_all_raw(statement).await
    }
}
