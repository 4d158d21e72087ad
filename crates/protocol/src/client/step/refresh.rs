//! What starts a request: a call that needs a token, the timer, a resumed page.

use crate::Millis;
use crate::client::effect::Effects;
use crate::client::{AccessGrant, Machine, RequestStatus, State};

/// Expires the token if it is still the newest; otherwise the call retries with the newer one.
pub(super) fn on_call_unauthorized<R: Copy>(
    machine: Machine<R>,
    serial: u32,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    match machine.state {
        State::Active {
            grant: Some(grant),
            request,
        } if grant.serial == serial => {
            let expires_at = grant.expires_at.min(now);
            let grant = Some(AccessGrant {
                expires_at,
                ..grant
            });
            let state = State::Active { grant, request };
            request_token(Machine { state, ..machine }, now)
        }
        _ => (machine, Effects::none()),
    }
}

/// A call found no valid token: all callers share one refresh.
pub(super) fn request_token<R: Copy>(machine: Machine<R>, now: Millis) -> (Machine<R>, Effects<R>) {
    let State::Active { grant, request } = machine.state else {
        return (machine, Effects::none());
    };
    if grant.is_some_and(|grant| grant.is_valid(now)) {
        return (machine, Effects::none());
    }
    match request {
        RequestStatus::InFlight { .. } | RequestStatus::ProbingSiblings => {
            (machine, Effects::none())
        }
        RequestStatus::Backoff {
            retry_at: until, ..
        }
        | RequestStatus::AwaitingSibling { until }
            if now < until =>
        {
            (machine, Effects::none())
        }
        RequestStatus::Backoff { .. }
        | RequestStatus::AwaitingSibling { .. }
        | RequestStatus::Idle => start_request(machine),
    }
}

/// Starts what is due after the timer fired or the page resumed.
///
/// Resuming shortens a backoff, but never a wait that the server requested.
pub(super) fn run_due_work<R: Copy>(
    machine: Machine<R>,
    now: Millis,
    resumed: bool,
) -> (Machine<R>, Effects<R>) {
    let (request, refresh_at) = match machine.state {
        State::Active { grant, request } => (request, grant.map(|grant| grant.refresh_at)),
        State::SignedOut {
            pending_logout: Some(request),
            ..
        } => (request, None),
        State::SignedOut {
            pending_logout: None,
            ..
        } => return (machine, Effects::none()),
    };
    let due_at = match request {
        RequestStatus::InFlight { .. } | RequestStatus::ProbingSiblings => {
            return (machine, Effects::none());
        }
        RequestStatus::AwaitingSibling { until } => until,
        RequestStatus::Backoff {
            server_requested: false,
            ..
        } if resumed => now,
        RequestStatus::Backoff { retry_at, .. } => retry_at,
        RequestStatus::Idle => refresh_at.unwrap_or(now),
    };
    if due_at <= now {
        return start_request(machine);
    }
    let effects = Effects {
        set_timer: Some(due_at),
        ..Effects::none()
    };
    (machine, effects)
}

/// Sends the refresh of an active state or the pending logout of a signed-out one.
pub(super) fn start_request<R: Copy>(machine: Machine<R>) -> (Machine<R>, Effects<R>) {
    let mut effects = Effects::none();
    let state = match machine.state {
        State::Active { grant, request } => {
            effects.start_refresh = Some(machine.epoch);
            let request = in_flight(request);
            State::Active { grant, request }
        }
        State::SignedOut {
            reason,
            pending_logout,
        } => {
            effects.start_logout = pending_logout.map(|_| machine.epoch);
            let pending_logout = pending_logout.map(in_flight);
            State::SignedOut {
                reason,
                pending_logout,
            }
        }
    };
    (Machine { state, ..machine }, effects)
}

fn in_flight(request: RequestStatus) -> RequestStatus {
    let (failures, rejected) = request.failures();
    RequestStatus::InFlight { failures, rejected }
}
