//! Asks for many at once what each asked alone.
//!
//! SQLite has one writer, and its commit waits for the disk: one by one, forty refreshes wait forty
//! times. PostgreSQL has many, but a statement costs both sides far more than the row it moves. Here
//! whoever comes while the database is busy gathers in a queue, and one statement carries them all:
//! one way there and back, one commit. Who comes alone waits for nobody, and nobody waits long
//! behind a statement that does not come back.

use super::Outage;
use sea_orm::{DatabaseConnection, DbErr};
use std::collections::VecDeque;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// More wait for the next statement, which keeps one from holding up the rest of the application.
const MOST: usize = 64;
/// Longer than one statement can last that waits for its connection and then for its lock.
const PATIENCE: Duration = Duration::from_secs(5);
/// Longer than a statement takes that nothing holds up. Then those in the queue go by another
/// connection: this one may be dead without knowing.
const LATE: Duration = Duration::from_millis(100);

/// What can be asked for many at once.
pub(super) trait Question: Send + Sized + 'static {
    /// What is heard.
    type Answer: Send + 'static;

    /// Asks for all of them: as many answers, in the same order. Where it fails, nothing happened.
    fn ask_all(
        on: &DatabaseConnection,
        questions: Vec<Self>,
    ) -> impl Future<Output = Result<Vec<Self::Answer>, Outage>> + Send;
}

type Told<Q> = Result<<Q as Question>::Answer, Outage>;

/// Who waits for an answer.
struct Asker<Q: Question> {
    question: Q,
    tell: oneshot::Sender<Told<Q>>,
}

struct Queue<Q: Question> {
    askers: VecDeque<Asker<Q>>,
    /// Whether a task sees to it that the next will be asked for.
    is_served: bool,
}

/// A queue of those who ask the same kind of question.
pub(super) struct Together<Q: Question> {
    queue: Arc<Mutex<Queue<Q>>>,
    patience: Duration,
    late: Duration,
}

impl<Q: Question> Together<Q> {
    /// Asks, together with whoever else is waiting.
    ///
    /// The statement runs in a task of its own: who goes away does not take the others' answers
    /// along.
    ///
    /// # Errors
    /// [`Outage`] where the database does not answer; all who were asked for together hear it. As
    /// with any statement, what was not heard of in time may still happen.
    pub(super) async fn ask(&self, on: &DatabaseConnection, question: Q) -> Told<Q> {
        let (tell, told) = oneshot::channel();
        let is_first = {
            let mut queue = lock(&self.queue);
            queue.askers.push_back(Asker { question, tell });
            !std::mem::replace(&mut queue.is_served, true)
        };
        if is_first {
            Service::begin(Arc::clone(&self.queue), self.late, on.clone());
        }
        match tokio::time::timeout(self.patience, told).await {
            Ok(Ok(told)) => told,
            Ok(Err(_)) => Err(DbErr::Custom("the statement was given up".to_owned()).into()),
            Err(_) => Err(DbErr::Custom("nothing was heard in time".to_owned()).into()),
        }
    }
}

/// The one task that serves a queue, until nobody is left or another takes over.
struct Service<Q: Question> {
    queue: Arc<Mutex<Queue<Q>>>,
    late: Duration,
    /// Whether the queue is nothing to it any more.
    is_over: bool,
}

impl<Q: Question> Service<Q> {
    fn begin(queue: Arc<Mutex<Queue<Q>>>, late: Duration, on: DatabaseConnection) {
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
            let mut asked = pin!(Q::ask_all(&on, questions));
            let in_time = tokio::time::timeout(self.late, asked.as_mut()).await;
            let told = if let Ok(told) = in_time {
                told
            } else {
                self.is_over = true;
                Self::begin(Arc::clone(&self.queue), self.late, on.clone());
                asked.await
            };
            tell_all(tells, told);
            if self.is_over {
                return;
            }
        }
    }

    /// The next to be asked for together; `None` where nobody is left, and the work is over.
    #[expect(clippy::type_complexity, reason = "two columns of one table")]
    fn next(&mut self) -> Option<(Vec<Q>, Vec<oneshot::Sender<Told<Q>>>)> {
        let mut queue = lock(&self.queue);
        // What nobody waits for any more need not happen.
        queue.askers.retain(|asker| !asker.tell.is_closed());
        let count = queue.askers.len().min(MOST);
        let askers = queue.askers.drain(..count);
        let table = askers.map(|asker| (asker.question, asker.tell)).unzip();
        // Said under the lock: who comes next begins anew.
        self.is_over = count == 0;
        queue.is_served = !self.is_over;
        (!self.is_over).then_some(table)
    }
}

impl<Q: Question> Drop for Service<Q> {
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
pub(super) fn padded<T: Clone>(mut all: Vec<T>) -> Vec<T> {
    if let Some(last) = all.last().cloned() {
        all.resize(all.len().next_power_of_two(), last);
    }
    all
}

fn tell_all<T>(tells: Vec<oneshot::Sender<Result<T, Outage>>>, told: Result<Vec<T>, Outage>) {
    let cause = told.as_ref().err().map(|outage| outage.0.to_string());
    let mut answers = told.into_iter().flatten();
    for tell in tells {
        let answer = match &cause {
            None => answers.next().ok_or("BUG: somebody was left out"),
            Some(cause) => Err(cause.as_str()),
        };
        // Who does not listen any more has hung up.
        let _ = tell.send(answer.map_err(|cause| Outage(DbErr::Custom(cause.to_owned()))));
    }
}

fn lock<Q: Question>(queue: &Mutex<Queue<Q>>) -> MutexGuard<'_, Queue<Q>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<Q: Question> Default for Together<Q> {
    fn default() -> Self {
        Self {
            queue: Arc::new(Mutex::new(Queue {
                askers: VecDeque::new(),
                is_served: false,
            })),
            patience: PATIENCE,
            late: LATE,
        }
    }
}

impl<Q: Question> Clone for Together<Q> {
    fn clone(&self) -> Self {
        Self {
            queue: Arc::clone(&self.queue),
            patience: self.patience,
            late: self.late,
        }
    }
}

impl<Q: Question> fmt::Debug for Together<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Together").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
