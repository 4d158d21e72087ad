//! Batches concurrent queries into one statement.
//!
//! SQLite has one writer, and its commit waits for the disk: one by one, forty refreshes wait forty
//! times. PostgreSQL has many, but a statement costs both sides far more than the row it changes.
//! Here queries that arrive while the database is busy wait in a queue, and one statement executes
//! them all: one round trip, one commit. A single query does not wait for others, and no query
//! waits long behind a statement that hangs.

use super::DbError;
use sea_orm::{DatabaseConnection, DbErr};
use std::collections::VecDeque;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// The maximum batch size. Further queries wait for the next statement, so that one statement does
/// not delay the rest of the application.
const MAX_BATCH: usize = 64;
/// Longer than a statement can take that waits for its connection and then for its lock.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Longer than an undisturbed statement takes. After that the queue is served by another
/// connection: the first may be dead without an error.
const SLOW_QUERY: Duration = Duration::from_millis(100);

/// A query that can be batched.
pub(super) trait BatchQuery: Send + Sized + 'static {
    /// The result of one query.
    type Reply: Send + 'static;

    /// Executes all queries: as many results, in the same order. An error means that nothing
    /// happened.
    fn execute_batch(
        on: &DatabaseConnection,
        questions: Vec<Self>,
    ) -> impl Future<Output = Result<Vec<Self::Reply>, DbError>> + Send;
}

type QueryResult<Q> = Result<<Q as BatchQuery>::Reply, DbError>;

/// A query in the queue and the channel for its result.
struct Waiter<Q: BatchQuery> {
    question: Q,
    tell: oneshot::Sender<QueryResult<Q>>,
}

struct Queue<Q: BatchQuery> {
    askers: VecDeque<Waiter<Q>>,
    /// Whether a worker serves the queue.
    is_served: bool,
}

/// A queue of queries of the same kind.
pub(super) struct Batcher<Q: BatchQuery> {
    queue: Arc<Mutex<Queue<Q>>>,
    patience: Duration,
    late: Duration,
}

impl<Q: BatchQuery> Batcher<Q> {
    /// Executes the query, in a batch with other waiting ones.
    ///
    /// The statement runs in a separate task: a caller that is cancelled does not cancel the
    /// results of others.
    ///
    /// # Errors
    /// [`DbError`] if the statement fails; all queries of the batch get it. As with any statement,
    /// a query that timed out may still take effect.
    pub(super) async fn submit(&self, on: &DatabaseConnection, question: Q) -> QueryResult<Q> {
        let (tell, told) = oneshot::channel();
        let is_first = {
            let mut queue = lock(&self.queue);
            queue.askers.push_back(Waiter { question, tell });
            !std::mem::replace(&mut queue.is_served, true)
        };
        if is_first {
            Worker::spawn(Arc::clone(&self.queue), self.late, on.clone());
        }
        match tokio::time::timeout(self.patience, told).await {
            Ok(Ok(told)) => told,
            Ok(Err(_)) => Err(DbErr::Custom("the statement was given up".to_owned()).into()),
            Err(_) => Err(DbErr::Custom("nothing was heard in time".to_owned()).into()),
        }
    }
}

/// The task that serves a queue until it is empty or another worker takes over.
struct Worker<Q: BatchQuery> {
    queue: Arc<Mutex<Queue<Q>>>,
    late: Duration,
    /// Whether this worker has stopped serving the queue.
    is_over: bool,
}

impl<Q: BatchQuery> Worker<Q> {
    fn spawn(queue: Arc<Mutex<Queue<Q>>>, late: Duration, on: DatabaseConnection) {
        let service = Self {
            queue,
            late,
            is_over: false,
        };
        tokio::spawn(service.run(on));
    }

    async fn run(mut self, on: DatabaseConnection) {
        // Lets other tasks add their queries to this batch.
        tokio::task::yield_now().await;
        while let Some((questions, tells)) = self.next() {
            let mut asked = pin!(Q::execute_batch(&on, questions));
            let in_time = tokio::time::timeout(self.late, asked.as_mut()).await;
            let told = if let Ok(told) = in_time {
                told
            } else {
                self.is_over = true;
                Self::spawn(Arc::clone(&self.queue), self.late, on.clone());
                asked.await
            };
            reply_all(tells, told);
            if self.is_over {
                return;
            }
        }
    }

    /// The next batch; `None` if the queue is empty, and then the worker ends.
    #[expect(clippy::type_complexity, reason = "two columns of one table")]
    fn next(&mut self) -> Option<(Vec<Q>, Vec<oneshot::Sender<QueryResult<Q>>>)> {
        let mut queue = lock(&self.queue);
        // A query without a waiting caller need not run.
        queue.askers.retain(|asker| !asker.tell.is_closed());
        let count = queue.askers.len().min(MAX_BATCH);
        let askers = queue.askers.drain(..count);
        let table = askers.map(|asker| (asker.question, asker.tell)).unzip();
        // Set under the lock: the next caller spawns a new worker.
        self.is_over = count == 0;
        queue.is_served = !self.is_over;
        (!self.is_over).then_some(table)
    }
}

impl<Q: BatchQuery> Drop for Worker<Q> {
    /// If the worker ended early, the waiting queries fail and the next caller can spawn a new
    /// worker.
    fn drop(&mut self) {
        if !self.is_over {
            let mut queue = lock(&self.queue);
            queue.is_served = false;
            queue.askers.clear();
        }
    }
}

/// Repeats the last item until the length is a power of two: so a few prepared statements serve
/// batches of any size.
pub(super) fn pad_to_power_of_two<T: Clone>(mut all: Vec<T>) -> Vec<T> {
    if let Some(last) = all.last().cloned() {
        all.resize(all.len().next_power_of_two(), last);
    }
    all
}

fn reply_all<T>(tells: Vec<oneshot::Sender<Result<T, DbError>>>, told: Result<Vec<T>, DbError>) {
    let cause = told.as_ref().err().map(|outage| outage.0.to_string());
    let mut answers = told.into_iter().flatten();
    for tell in tells {
        let answer = match &cause {
            None => answers.next().ok_or("BUG: somebody was left out"),
            Some(cause) => Err(cause.as_str()),
        };
        // The receiver is gone if the caller was cancelled.
        let _ = tell.send(answer.map_err(|cause| DbError(DbErr::Custom(cause.to_owned()))));
    }
}

fn lock<Q: BatchQuery>(queue: &Mutex<Queue<Q>>) -> MutexGuard<'_, Queue<Q>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<Q: BatchQuery> Default for Batcher<Q> {
    fn default() -> Self {
        Self {
            queue: Arc::new(Mutex::new(Queue {
                askers: VecDeque::new(),
                is_served: false,
            })),
            patience: TIMEOUT,
            late: SLOW_QUERY,
        }
    }
}

impl<Q: BatchQuery> Clone for Batcher<Q> {
    fn clone(&self) -> Self {
        Self {
            queue: Arc::clone(&self.queue),
            patience: self.patience,
            late: self.late,
        }
    }
}

impl<Q: BatchQuery> fmt::Debug for Batcher<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Together").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
