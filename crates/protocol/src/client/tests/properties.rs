//! What holds after any events in any order.

use super::Tab;
use crate::Millis;
use crate::client::{Answer, Effects, Effort, Event, Grantor, Hint, Jitter, Life, State, step};
use proptest::prelude::*;
use std::vec;
use std::vec::Vec;

fn hints() -> impl Strategy<Value = Hint> {
    (0..3_u8, 0..9_u64).prop_map(|(kind, epoch)| match kind {
        0 => Hint::Nobody(epoch),
        1 => Hint::Somebody(epoch),
        _ => Hint::Leaving(epoch),
    })
}

fn lives() -> impl Strategy<Value = Life> {
    (0..2_000_000_u64, any::<Jitter>()).prop_map(|(ttl, jitter)| Life {
        ttl: Millis(ttl),
        jitter,
    })
}

fn answers() -> impl Strategy<Value = Answer<u8>> {
    prop_oneof![
        (0..2_000_000_u64).prop_map(|ttl| Answer::Granted { ttl: Millis(ttl) }),
        proptest::option::of(any::<u64>()).prop_map(|asked| Answer::Transient {
            retry_after: asked.map(Millis)
        }),
        any::<bool>().prop_map(|by_api| Answer::Rejected { by_api }),
        any::<u8>().prop_map(Answer::Ended),
    ]
}

fn events() -> impl Strategy<Value = Event<u8>> {
    let epoch = || 0..9_u64;
    let serial = || 0..9_u32;
    prop_oneof![
        hints().prop_map(Event::Start),
        (hints(), any::<Option<u8>>()).prop_map(|(hint, reason)| Event::Wake { hint, reason }),
        (lives(), epoch()).prop_map(|(life, known)| Event::SignedIn { life, known }),
        (any::<u8>(), epoch()).prop_map(|(reason, known)| Event::SignOut { reason, known }),
        (epoch(), answers(), any::<Jitter>()).prop_map(|(epoch, answer, jitter)| {
            Event::Refreshed {
                epoch,
                answer,
                jitter,
            }
        }),
        (epoch(), answers(), any::<Jitter>()).prop_map(|(epoch, answer, jitter)| {
            Event::LeftAnswered {
                epoch,
                answer,
                jitter,
            }
        }),
        serial().prop_map(|serial| Event::CallRefused { serial }),
        (serial(), any::<u8>()).prop_map(|(serial, reason)| Event::CallEnded { serial, reason }),
        Just(Event::Wanted),
        Just(Event::Tick),
        (epoch(), lives(), any::<bool>()).prop_map(|(epoch, life, sign_in)| {
            let by = if sign_in {
                Grantor::SignIn
            } else {
                Grantor::Refresh
            };
            Event::SiblingGranted { epoch, life, by }
        }),
        (epoch(), any::<u8>()).prop_map(|(epoch, reason)| Event::SiblingLeft { epoch, reason }),
        epoch().prop_map(|epoch| Event::SiblingAsked { epoch }),
        (epoch(), any::<bool>()).prop_map(|(epoch, sibling)| Event::Looked { epoch, sibling }),
    ]
}

fn in_flight(tab: &Tab) -> bool {
    matches!(
        tab.state,
        State::Live {
            effort: Effort::InFlight { .. },
            ..
        } | State::SignedOut {
            leaving: Some(Effort::InFlight { .. }),
            ..
        }
    )
}

fn looks(tab: &Tab) -> bool {
    matches!(
        tab.state,
        State::Live {
            effort: Effort::Looking,
            ..
        }
    )
}

/// The epoch of the answer that the event is, if it is one.
fn answered(event: &Event<u8>) -> Option<u64> {
    match event {
        Event::Refreshed { epoch, .. } | Event::LeftAnswered { epoch, .. } => Some(*epoch),
        _ => None,
    }
}

fn ends_nothing(event: &Event<u8>) -> bool {
    matches!(
        event,
        Event::Refreshed {
            answer: Answer::Transient { .. } | Answer::Rejected { .. },
            ..
        }
    )
}

fn judge(before: &Tab, event: &Event<u8>, after: &Tab, done: &Effects<u8>) {
    assert!(after.epoch >= before.epoch, "an epoch goes back");
    assert!(after.serial >= before.serial, "a serial goes back");
    assert!(
        done.refresh.is_none() || done.leave.is_none(),
        "two exchanges at once"
    );
    let starts = done.refresh.or(done.leave);
    assert!(
        starts.is_none() || in_flight(after),
        "an exchange that nobody remembers"
    );
    assert!(
        starts.is_none_or(|epoch| epoch == after.epoch),
        "an exchange of another epoch"
    );
    assert!(
        done.look.is_none() || (looks(after) && done.look == Some(after.epoch)),
        "a look that nobody waits for"
    );
    let moved_on = after.epoch > before.epoch || matches!(event, Event::Start(_));
    assert!(
        starts.is_none() || !in_flight(before) || moved_on,
        "a second flight in one epoch"
    );
    if answered(event).is_some_and(|epoch| epoch != before.epoch) {
        assert_eq!(
            (before, done),
            (after, &Effects::none()),
            "an old answer changes something"
        );
    }
    if ends_nothing(event) && matches!(before.state, State::Live { .. }) {
        assert!(
            matches!(after.state, State::Live { .. }),
            "a failure signs out"
        );
    }
    assert!(
        !(done.keep_token && done.drop_token),
        "a token is kept and dropped"
    );
    if matches!(after.state, State::SignedOut { .. }) {
        assert!(!done.keep_token, "nobody keeps a token");
    }
}

proptest! {
    #[test]
    fn any_events_keep_the_machine_sound(
        run in proptest::collection::vec((events(), 0..1_000_000_u64), 1..60)
    ) {
        let mut tab = Tab::new();
        let mut now = Millis(1);
        let mut seen: Vec<Event<u8>> = Vec::new();
        for (event, pause) in run {
            now = now + Millis(pause);
            seen.push(event);
            let (after, done) = step(tab, event, now);
            judge(&tab, &event, &after, &done);
            tab = after;
        }
    }

    /// From anywhere, either nothing is wanted or something is under way or has its time.
    #[test]
    fn no_machine_is_stuck(run in proptest::collection::vec(events(), 1..40)) {
        let now = Millis(1_000_000_000);
        let tab = run.into_iter().fold(Tab::new(), |tab, event| step(tab, event, now).0);
        let (after, done) = step(tab, Event::Tick, now);
        let resting = matches!(after.state, State::SignedOut { leaving: None, .. });
        let busy = in_flight(&after) || looks(&after);
        prop_assert!(resting || busy || done.wake_at.is_some());
    }
}
