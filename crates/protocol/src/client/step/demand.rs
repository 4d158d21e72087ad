//! What makes a tab ask the server: a call that needs a token, the timer, a page that wakes.

use crate::Millis;
use crate::client::effect::Effects;
use crate::client::{Effort, Grant, Machine, State};

/// A refused token is spent, if it still is the newest; a newer one is there to replay with.
pub(super) fn call_refused<R: Copy>(
    machine: Machine<R>,
    serial: u32,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    match machine.state {
        State::Live {
            grant: Some(grant),
            effort,
        } if grant.serial == serial => {
            let expires_at = grant.expires_at.min(now);
            let grant = Some(Grant {
                expires_at,
                ..grant
            });
            let state = State::Live { grant, effort };
            wanted(Machine { state, ..machine }, now)
        }
        _ => (machine, Effects::none()),
    }
}

/// A call found no good token: everybody shares one refresh.
pub(super) fn wanted<R: Copy>(machine: Machine<R>, now: Millis) -> (Machine<R>, Effects<R>) {
    let State::Live { grant, effort } = machine.state else {
        return (machine, Effects::none());
    };
    if grant.is_some_and(|grant| grant.is_good(now)) {
        return (machine, Effects::none());
    }
    match effort {
        Effort::InFlight { .. } | Effort::Looking => (machine, Effects::none()),
        Effort::Waiting {
            retry_at: until, ..
        }
        | Effort::Asking { until }
            if now < until =>
        {
            (machine, Effects::none())
        }
        Effort::Waiting { .. } | Effort::Asking { .. } | Effort::Idle => send(machine),
    }
}

/// The timer rang or the page woke: what has become due meanwhile is done now.
///
/// Waking cuts short a wait that we chose ourselves, never one that the server asked for.
pub(super) fn due<R: Copy>(
    machine: Machine<R>,
    now: Millis,
    woken: bool,
) -> (Machine<R>, Effects<R>) {
    let (effort, refresh_at) = match machine.state {
        State::Live { grant, effort } => (effort, grant.map(|grant| grant.refresh_at)),
        State::SignedOut {
            leaving: Some(effort),
            ..
        } => (effort, None),
        State::SignedOut { leaving: None, .. } => return (machine, Effects::none()),
    };
    let due_at = match effort {
        Effort::InFlight { .. } | Effort::Looking => return (machine, Effects::none()),
        Effort::Asking { until } => until,
        Effort::Waiting { asked: false, .. } if woken => now,
        Effort::Waiting { retry_at, .. } => retry_at,
        Effort::Idle => refresh_at.unwrap_or(now),
    };
    if due_at <= now {
        return send(machine);
    }
    let effects = Effects {
        wake_at: Some(due_at),
        ..Effects::none()
    };
    (machine, effects)
}

/// Sends what the state is about: a refresh while live, the sign-out while leaving.
pub(super) fn send<R: Copy>(machine: Machine<R>) -> (Machine<R>, Effects<R>) {
    let mut effects = Effects::none();
    let state = match machine.state {
        State::Live { grant, effort } => {
            effects.refresh = Some(machine.epoch);
            let effort = in_flight(effort);
            State::Live { grant, effort }
        }
        State::SignedOut { reason, leaving } => {
            effects.leave = leaving.map(|_| machine.epoch);
            let leaving = leaving.map(in_flight);
            State::SignedOut { reason, leaving }
        }
    };
    (Machine { state, ..machine }, effects)
}

fn in_flight(effort: Effort) -> Effort {
    let (failures, rejected) = effort.failures();
    Effort::InFlight { failures, rejected }
}
