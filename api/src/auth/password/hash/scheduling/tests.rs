use super::*;
use rustix::process::getpriority_process;
use std::thread;
use thread_priority::unix::{
    NormalThreadSchedulePolicy, ThreadSchedulePolicy, thread_schedule_policy,
};

const SECOND: Duration = Duration::from_secs(1);

/// The scheduling policy of a thread with this policy, and its nice value.
fn stands(manner: SchedPolicy) -> (ThreadSchedulePolicy, i32) {
    let asked = move || {
        manner.apply();
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
    assert_eq!(stands(SchedPolicy::Idle).0, idle);
    assert_eq!(stands(SchedPolicy::Nice), (ordinary, system::NICE));
    assert_eq!(stands(SchedPolicy::Normal), (ordinary, own));
}

#[test]
fn hashes_go_last_until_they_starve_and_again_when_there_is_room() {
    let manners = AdaptivePolicy::default();
    let learns = |used, manner| {
        manners.record(manners.policy(), SECOND, used);
        assert_eq!(manners.policy(), manner, "{used:?}");
    };
    assert_eq!(manners.policy(), SchedPolicy::Idle);
    learns(SECOND / 3, SchedPolicy::Idle);
    learns(SECOND / 5, SchedPolicy::Nice);
    learns(SECOND / 3, SchedPolicy::Nice);
    learns(SECOND / 5, SchedPolicy::Normal);
    learns(SECOND / 5, SchedPolicy::Normal);
    learns(SECOND * 2 / 3, SchedPolicy::Nice);
    learns(SECOND * 2 / 3, SchedPolicy::Idle);
}

#[test]
fn what_a_hash_of_another_manner_learnt_changes_nothing() {
    let manners = AdaptivePolicy::default();
    manners.report_starved(SchedPolicy::Idle);
    manners.record(SchedPolicy::Idle, SECOND, SECOND / 5);
    assert_eq!(manners.policy(), SchedPolicy::Nice);
    manners.record(SchedPolicy::Normal, SECOND, SECOND);
    assert_eq!(manners.policy(), SchedPolicy::Nice);
}

#[test]
fn no_hash_joins_one_that_was_left_behind() {
    let manners = Arc::new(AdaptivePolicy::default());
    let left_behind = manners.running(SchedPolicy::Idle);
    manners.report_starved(SchedPolicy::Idle);
    manners.record(SchedPolicy::Nice, SECOND, SECOND);
    assert_eq!(manners.policy(), SchedPolicy::Nice);
    drop(left_behind);
    manners.record(SchedPolicy::Nice, SECOND, SECOND);
    assert_eq!(manners.policy(), SchedPolicy::Idle);
}

#[test]
fn what_a_hash_had_of_a_core_is_seen_while_it_runs_and_when_it_ends() {
    let manners = Arc::new(AdaptivePolicy::default());
    let (never, told) = std::sync::mpsc::channel::<()>();
    let progress = Progress::default();
    let waits = || {
        let waited = told.recv_timeout(Duration::from_millis(20)).is_err();
        waited && progress.is_starved()
    };
    let running = manners.running(SchedPolicy::Idle);
    assert!(running.run_measured(&progress, waits), "it only waits");
    assert_eq!(manners.policy(), SchedPolicy::Nice);
    drop(never);
}

#[test]
fn a_hash_that_has_a_core_is_not_starved() {
    let progress = Progress::default();
    let manners = Arc::new(AdaptivePolicy::default());
    let works = || {
        let before = system::cpu_time();
        while system::cpu_time().saturating_sub(before) < Duration::from_millis(20) {}
        let (thread, before) = *progress.thread.get().expect("it has begun");
        system::cpu_time_of(thread).saturating_sub(before)
    };
    let seen = manners
        .running(SchedPolicy::Normal)
        .run_measured(&progress, works);
    assert!(seen >= Duration::from_millis(10), "{seen:?}");
}
