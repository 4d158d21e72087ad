//! What holds after any events in any order.

use super::Tab;
use crate::Millis;
use crate::client::{
    Effects, Event, Hint, Jitter, RequestStatus, ServerResponse, State, TokenLifetime, TokenSource,
    step,
};
use proptest::prelude::*;
use std::vec;
use std::vec::Vec;

fn hints() -> impl Strategy<Value = Hint> {
    (0..3_u8, 0..9_u64).prop_map(|(kind, epoch)| match kind {
        0 => Hint::SignedOut(epoch),
        1 => Hint::SignedIn(epoch),
        _ => Hint::LogoutPending(epoch),
    })
}

fn lifetimes() -> impl Strategy<Value = TokenLifetime> {
    (0..2_000_000_u64, any::<Jitter>()).prop_map(|(ttl, jitter)| TokenLifetime {
        ttl: Millis(ttl),
        jitter,
    })
}

fn responses() -> impl Strategy<Value = ServerResponse<u8>> {
    prop_oneof![
        (0..2_000_000_u64).prop_map(|ttl| ServerResponse::Granted { ttl: Millis(ttl) }),
        proptest::option::of(any::<u64>()).prop_map(|asked| ServerResponse::Transient {
            retry_after: asked.map(Millis)
        }),
        any::<bool>().prop_map(|by_api| ServerResponse::Rejected { by_api }),
        any::<u8>().prop_map(ServerResponse::SessionEnded),
    ]
}

fn events() -> impl Strategy<Value = Event<u8>> {
    let epoch = || 0..9_u64;
    let serial = || 0..9_u32;
    prop_oneof![
        hints().prop_map(Event::PageLoaded),
        (hints(), any::<Option<u8>>())
            .prop_map(|(hint, reason)| Event::PageResumed { hint, reason }),
        (lifetimes(), epoch()).prop_map(|(lifetime, known)| Event::SignedIn { lifetime, known }),
        (any::<u8>(), epoch()).prop_map(|(reason, known)| Event::SignOut { reason, known }),
        (epoch(), responses(), any::<Jitter>()).prop_map(|(epoch, response, jitter)| {
            Event::RefreshResponse {
                epoch,
                response,
                jitter,
            }
        }),
        (epoch(), responses(), any::<Jitter>()).prop_map(|(epoch, response, jitter)| {
            Event::LogoutResponse {
                epoch,
                response,
                jitter,
            }
        }),
        serial().prop_map(|serial| Event::CallUnauthorized { serial }),
        (serial(), any::<u8>())
            .prop_map(|(serial, reason)| Event::CallSessionEnded { serial, reason }),
        Just(Event::TokenRequested),
        Just(Event::TimerFired),
        (epoch(), lifetimes(), any::<bool>()).prop_map(|(epoch, lifetime, sign_in)| {
            let source = if sign_in {
                TokenSource::SignIn
            } else {
                TokenSource::Refresh
            };
            Event::SiblingToken {
                epoch,
                lifetime,
                source,
            }
        }),
        (epoch(), any::<u8>())
            .prop_map(|(epoch, reason)| Event::SiblingSignedOut { epoch, reason }),
        epoch().prop_map(|epoch| Event::SiblingTokenRequest { epoch }),
        (epoch(), any::<bool>())
            .prop_map(|(epoch, sibling)| Event::SiblingsProbed { epoch, sibling }),
    ]
}

fn in_flight(tab: &Tab) -> bool {
    matches!(
        tab.state,
        State::Active {
            request: RequestStatus::InFlight { .. },
            ..
        } | State::SignedOut {
            pending_logout: Some(RequestStatus::InFlight { .. }),
            ..
        }
    )
}

fn is_probing(tab: &Tab) -> bool {
    matches!(
        tab.state,
        State::Active {
            request: RequestStatus::ProbingSiblings,
            ..
        }
    )
}

/// The epoch of the response that the event is, if it is one.
fn responded_epoch(event: &Event<u8>) -> Option<u64> {
    match event {
        Event::RefreshResponse { epoch, .. } | Event::LogoutResponse { epoch, .. } => Some(*epoch),
        _ => None,
    }
}

fn ends_nothing(event: &Event<u8>) -> bool {
    matches!(
        event,
        Event::RefreshResponse {
            response: ServerResponse::Transient { .. } | ServerResponse::Rejected { .. },
            ..
        }
    )
}

fn check_step(before: &Tab, event: &Event<u8>, after: &Tab, done: &Effects<u8>) {
    assert!(after.epoch >= before.epoch, "an epoch goes back");
    assert!(after.serial >= before.serial, "a serial goes back");
    assert!(
        done.start_refresh.is_none() || done.start_logout.is_none(),
        "two exchanges at once"
    );
    let starts = done.start_refresh.or(done.start_logout);
    assert!(
        starts.is_none() || in_flight(after),
        "a request that the state does not record"
    );
    assert!(
        starts.is_none_or(|epoch| epoch == after.epoch),
        "an exchange of another epoch"
    );
    assert!(
        done.probe_siblings.is_none()
            || (is_probing(after) && done.probe_siblings == Some(after.epoch)),
        "a probe that the state does not record"
    );
    let moved_on = after.epoch > before.epoch || matches!(event, Event::PageLoaded(_));
    assert!(
        starts.is_none() || !in_flight(before) || moved_on,
        "a second flight in one epoch"
    );
    if responded_epoch(event).is_some_and(|epoch| epoch != before.epoch) {
        assert_eq!(
            (before, done),
            (after, &Effects::none()),
            "an old response changes something"
        );
    }
    if ends_nothing(event) && matches!(before.state, State::Active { .. }) {
        assert!(
            matches!(after.state, State::Active { .. }),
            "a failure signs out"
        );
    }
    assert!(
        !(done.store_token && done.clear_token),
        "a token is kept and dropped"
    );
    if matches!(after.state, State::SignedOut { .. }) {
        assert!(!done.store_token, "stored without a session");
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
            check_step(&tab, &event, &after, &done);
            tab = after;
        }
    }

    /// From anywhere, either nothing is wanted or something is under way or has its time.
    #[test]
    fn no_machine_is_stuck(run in proptest::collection::vec(events(), 1..40)) {
        let now = Millis(1_000_000_000);
        let tab = run.into_iter().fold(Tab::new(), |tab, event| step(tab, event, now).0);
        let (after, done) = step(tab, Event::TimerFired, now);
        let resting = matches!(after.state, State::SignedOut { pending_logout: None, .. });
        let busy = in_flight(&after) || is_probing(&after);
        prop_assert!(resting || busy || done.set_timer.is_some());
    }
}
