//! Which queries share a batch, and which result each gets. Tests of the statements are elsewhere.

use super::*;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// What happens when the query is executed.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Answered,
    Failing,
    Panicking,
}

/// Holds batches until the test releases them, and records them.
struct Desk {
    gate: Semaphore,
    groups: Mutex<Vec<Vec<usize>>>,
}

struct Number(usize, Fate, Arc<Desk>);

impl BatchQuery for Number {
    type Reply = usize;

    async fn execute_batch(
        _: &DatabaseConnection,
        command_and_subcommands: Vec<Self>,
    ) -> Result<Vec<usize>, DbError> {
        let desk = Arc::clone(&command_and_subcommands[0].2);
        let numbers: Vec<_> = command_and_subcommands
            .iter()
            .map(|number| number.0)
            .collect();
        desk.groups
            .lock()
            .expect("nobody panicked with it")
            .push(numbers.clone());
        desk.gate.acquire().await.expect("it stays open").forget();
        let fated = |fate| {
            command_and_subcommands
                .iter()
                .any(|number| number.1 == fate)
        };
        assert!(!fated(Fate::Panicking), "as it was told");
        if fated(Fate::Failing) {
            return Err(DbErr::Custom("the disk is full".to_owned()).into());
        }
        Ok(numbers.into_iter().map(|number| number * 10).collect())
    }
}

/// Longer than a test lasts on a machine that stalls.
const FOR_EVER: Duration = Duration::from_hours(1);

struct World {
    together: Batcher<Number>,
    desk: Arc<Desk>,
}

impl World {
    fn new() -> Self {
        let desk = Desk {
            gate: Semaphore::new(0),
            groups: Mutex::default(),
        };
        Self {
            together: Batcher {
                late: FOR_EVER,
                ..Batcher::default()
            },
            desk: Arc::new(desk),
        }
    }

    /// Submits a query and waits until it is in the queue or executed.
    async fn asks(&self, number: usize, fate: Fate) -> JoinHandle<QueryResult<Number>> {
        let (together, desk) = (self.together.clone(), Arc::clone(&self.desk));
        let asker = tokio::spawn(async move {
            let question = Number(number, fate, desk);
            together
                .submit(&DatabaseConnection::default(), question)
                .await
        });
        // One thread: the caller runs, then the worker, then the tasks they wait for.
        for _ in 0..4 {
            tokio::task::yield_now().await;
        }
        asker
    }

    /// Waits until this number of batches was sent.
    async fn sees(&self, groups: usize) {
        while self.groups().len() < groups {
            tokio::task::yield_now().await;
        }
    }

    fn lets_through(&self, groups: usize) {
        self.desk.gate.add_permits(groups);
    }

    fn groups(&self) -> Vec<Vec<usize>> {
        self.desk
            .groups
            .lock()
            .expect("nobody panicked with it")
            .clone()
    }
}

async fn hears(asker: JoinHandle<QueryResult<Number>>) -> Option<usize> {
    asker.await.expect("it ends").ok()
}

#[tokio::test]
async fn who_comes_alone_waits_for_nobody_and_who_comes_meanwhile_goes_together() {
    let world = World::new();
    let mut askers = Vec::new();
    for number in 0..5 {
        askers.push(world.asks(number, Fate::Answered).await);
    }
    assert_eq!(world.groups(), [vec![0]]);
    world.lets_through(2);
    for (number, asker) in askers.into_iter().enumerate() {
        assert_eq!(hears(asker).await, Some(number * 10));
    }
    assert_eq!(world.groups(), [vec![0], vec![1, 2, 3, 4]]);
    let later = world.asks(7, Fate::Answered).await;
    world.lets_through(1);
    assert_eq!(hears(later).await, Some(70), "the next begins anew");
}

#[tokio::test]
async fn no_group_is_larger_than_the_most() {
    let world = World::new();
    let mut askers = Vec::new();
    for number in 0..=MAX_BATCH + 1 {
        askers.push(world.asks(number, Fate::Answered).await);
    }
    world.lets_through(3);
    for asker in askers {
        assert!(hears(asker).await.is_some());
    }
    let sizes: Vec<_> = world.groups().iter().map(Vec::len).collect();
    assert_eq!(sizes, [1, MAX_BATCH, 1]);
}

#[tokio::test]
async fn a_failure_is_heard_by_its_group_and_by_nobody_else() {
    let world = World::new();
    let first = world.asks(1, Fate::Answered).await;
    let group = [
        world.asks(2, Fate::Answered).await,
        world.asks(3, Fate::Failing).await,
    ];
    world.lets_through(2);
    assert_eq!(hears(first).await, Some(10));
    for asker in group {
        let outage = asker.await.expect("it ends").expect_err("it is an outage");
        assert!(outage.0.to_string().contains("the disk is full"));
    }
    let later = world.asks(4, Fate::Answered).await;
    world.lets_through(1);
    assert_eq!(hears(later).await, Some(40));
}

#[tokio::test]
async fn who_goes_away_takes_nobody_along_and_is_asked_for_no_more() {
    let world = World::new();
    let first = world.asks(1, Fate::Answered).await;
    let second = world.asks(2, Fate::Answered).await;
    let third = world.asks(3, Fate::Answered).await;
    // One query is being executed, and one still waits.
    first.abort();
    second.abort();
    assert!(first.await.is_err() && second.await.is_err());
    world.lets_through(2);
    assert_eq!(hears(third).await, Some(30));
    assert_eq!(world.groups(), [[1], [3]]);
}

#[tokio::test]
async fn a_panic_is_an_outage_for_those_who_wait_and_not_for_the_next() {
    let world = World::new();
    let first = world.asks(1, Fate::Panicking).await;
    let second = world.asks(2, Fate::Answered).await;
    world.lets_through(1);
    assert_eq!(hears(first).await, None);
    assert_eq!(hears(second).await, None);
    let later = world.asks(3, Fate::Answered).await;
    world.lets_through(1);
    assert_eq!(hears(later).await, Some(30));
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let mut world = World::new();
    world.together.patience = Duration::ZERO;
    let asker = world.asks(1, Fate::Answered).await;
    let outage = asker.await.expect("it ends").expect_err("it is an outage");
    assert!(outage.0.to_string().contains("in time"));
}

#[tokio::test]
async fn who_waits_behind_a_statement_that_is_late_goes_before_it_ends() {
    let mut world = World::new();
    world.together.late = Duration::ZERO;
    let late = world.asks(1, Fate::Answered).await;
    world.sees(1).await;
    let failing = world.asks(2, Fate::Failing).await;
    world.sees(2).await;
    let last = world.asks(3, Fate::Answered).await;
    world.sees(3).await;
    assert_eq!(world.groups(), [[1], [2], [3]]);
    world.lets_through(3);
    assert_eq!(hears(late).await, Some(10));
    assert_eq!(hears(failing).await, None);
    assert_eq!(hears(last).await, Some(30));
    let later = world.asks(4, Fate::Answered).await;
    world.lets_through(1);
    assert_eq!(hears(later).await, Some(40), "the next begins anew");
}
