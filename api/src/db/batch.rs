//! Asks for many at once what each asked alone.
//!
//! SQLite has one writer, and its commit waits for the disk: one by one, forty refreshes wait forty
//! times. PostgreSQL has many, but a statement costs both sides far more than the row it moves. Here
//! whoever comes while the database is busy gathers in a queue, and one statement carries them all:
//! one way there and back, one commit. Who comes alone waits for nobody, and nobody waits long
//! behind a statement that does not come back.

use super::DbError;
use sea_orm::{DatabaseConnection, DbErr};
use std::collections::VecDeque;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// More wait for the next statement, which keeps one from holding up the rest of the application.
const MAX_BATCH: usize = 64;
/// Longer than one statement can last that waits for its connection and then for its lock.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Longer than a statement takes that nothing holds up. Then those in the queue go by another
/// connection: this one may be dead without knowing.
const SLOW_QUERY: Duration = Duration::from_millis(100);

/// What can be asked for many at once.
pub(super) trait BatchQuery: Send + Sized + 'static {
    /// What is heard.
    type Reply: Send + 'static;

    /// Asks for all of them: as many answers, in the same order. Where it fails, nothing happened.
    fn execute_batch(
        on: &DatabaseConnection,
        questions: Vec<Self>,
    ) -> impl Future<Output = Result<Vec<Self::Reply>, DbError>> + Send;
}

type QueryResult<Q> = Result<<Q as BatchQuery>::Reply, DbError>;

/// Who waits for an answer.
struct Waiter<Q: BatchQuery> {
    question: Q,
    tell: oneshot::Sender<QueryResult<Q>>,
}

struct Queue<Q: BatchQuery> {
    askers: VecDeque<Waiter<Q>>,
    /// Whether a task sees to it that the next will be asked for.
    is_served: bool,
}

/// A queue of those who ask the same kind of question.
pub(super) struct Batcher<Q: BatchQuery> {
    queue: Arc<Mutex<Queue<Q>>>,
    patience: Duration,
    late: Duration,
}

impl<Q: BatchQuery> Batcher<Q> {
    /// Asks, together with whoever else is waiting.
    ///
    /// The statement runs in a task of its own: who goes away does not take the others' answers
    /// along.
    ///
    /// # Errors
    /// [`DbError`] where the database does not answer; all who were asked for together hear it. As
    /// with any statement, what was not heard of in time may still happen.
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

/// The one task that serves a queue, until nobody is left or another takes over.
struct Worker<Q: BatchQuery> {
    queue: Arc<Mutex<Queue<Q>>>,
    late: Duration,
    /// Whether the queue is nothing to it any more.
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
        // Whoever is about to ask in this moment comes along.
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

    /// The next to be asked for together; `None` where nobody is left, and the work is over.
    #[expect(clippy::type_complexity, reason = "two columns of one table")]
    fn next(&mut self) -> Option<(Vec<Q>, Vec<oneshot::Sender<QueryResult<Q>>>)> {
        let mut queue = lock(&self.queue);
        // What nobody waits for any more need not happen.
        queue.askers.retain(|asker| !asker.tell.is_closed());
        let count = queue.askers.len().min(MAX_BATCH);
        let askers = queue.askers.drain(..count);
        let table = askers.map(|asker| (asker.question, asker.tell)).unzip();
        // Said under the lock: who comes next begins anew.
        self.is_over = count == 0;
        queue.is_served = !self.is_over;
        (!self.is_over).then_some(table)
    }
}

impl<Q: BatchQuery> Drop for Worker<Q> {
    /// Where the work ended before its time, those who wait are sent away and the next may begin.
    fn drop(&mut self) {
        if !self.is_over {
            let mut queue = lock(&self.queue);
            queue.is_served = false;
            queue.askers.clear();
        }
    }
}

/// Repeats the last until there are as many as a power of two: so a few statements, prepared once,
/// serve groups of any size.
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
        // Who does not listen any more has hung up.
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
