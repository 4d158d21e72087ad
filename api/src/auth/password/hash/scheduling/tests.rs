use super::*;
use rustix::process::getpriority_process;
use std::thread;
use thread_priority::unix::{
    NormalThreadSchedulePolicy, ThreadSchedulePolicy, thread_schedule_policy,
};

const SECOND: Duration = Duration::from_secs(1);

/// How a thread of that manner stands, and how nice it is.
fn stands(manner: Manner) -> (ThreadSchedulePolicy, i32) {
    let asked = move || {
        manner.take();
        (thread_schedule_policy(), getpriority_process(None))
    };
    let (policy, nice) = thread::spawn(asked).join().expect("it ends");
    (policy.expect("it is told"), nice.expect("it is told"))
}

#[test]
fn a_hash_lets_others_go_first() {
    let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
    let ordinary = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Other);
    let own = getpriority_process(None).expect("it is told");
    assert_eq!(stands(Manner::Last).0, idle);
    assert_eq!(stands(Manner::Polite), (ordinary, system::NICE));
    assert_eq!(stands(Manner::Ordinary), (ordinary, own));
}

#[test]
fn hashes_go_last_until_they_starve_and_again_when_there_is_room() {
    let manners = Manners::default();
    let learns = |used, manner| {
        manners.learn(manners.manner(), SECOND, used);
        assert_eq!(manners.manner(), manner, "{used:?}");
    };
    assert_eq!(manners.manner(), Manner::Last);
    learns(SECOND / 3, Manner::Last);
    learns(SECOND / 5, Manner::Polite);
    learns(SECOND / 3, Manner::Polite);
    learns(SECOND / 5, Manner::Ordinary);
    learns(SECOND / 5, Manner::Ordinary);
    learns(SECOND * 2 / 3, Manner::Polite);
    learns(SECOND * 2 / 3, Manner::Last);
}

#[test]
fn what_a_hash_of_another_manner_learnt_changes_nothing() {
    let manners = Manners::default();
    manners.starved(Manner::Last);
    manners.learn(Manner::Last, SECOND, SECOND / 5);
    assert_eq!(manners.manner(), Manner::Polite);
    manners.learn(Manner::Ordinary, SECOND, SECOND);
    assert_eq!(manners.manner(), Manner::Polite);
}

#[test]
fn no_hash_joins_one_that_was_left_behind() {
    let manners = Arc::new(Manners::default());
    let left_behind = manners.running(Manner::Last);
    manners.starved(Manner::Last);
    manners.learn(Manner::Polite, SECOND, SECOND);
    assert_eq!(manners.manner(), Manner::Polite);
    drop(left_behind);
    manners.learn(Manner::Polite, SECOND, SECOND);
    assert_eq!(manners.manner(), Manner::Last);
}

#[test]
fn what_a_hash_had_of_a_core_is_seen_while_it_runs_and_when_it_ends() {
    let manners = Arc::new(Manners::default());
    let (never, told) = std::sync::mpsc::channel::<()>();
    let progress = Progress::default();
    let waits = || {
        let waited = told.recv_timeout(Duration::from_millis(20)).is_err();
        waited && progress.is_starved()
    };
    let running = manners.running(Manner::Last);
    assert!(running.watch(&progress, waits), "it only waits");
    assert_eq!(manners.manner(), Manner::Polite);
    drop(never);
}

#[test]
fn a_hash_that_has_a_core_is_not_starved() {
    let progress = Progress::default();
    let manners = Arc::new(Manners::default());
    let works = || {
        let before = system::processor();
        while system::processor().saturating_sub(before) < Duration::from_millis(20) {}
        let (thread, before) = *progress.thread.get().expect("it has begun");
        system::processor_of(thread).saturating_sub(before)
    };
    let seen = manners.running(Manner::Ordinary).watch(&progress, works);
    assert!(seen >= Duration::from_millis(10), "{seen:?}");
}
