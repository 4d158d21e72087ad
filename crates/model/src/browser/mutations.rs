//! The browser's half with a rule broken.

use super::Tab;
use crate::mutant::Mutant;
use crate::token::Reason;
use protocol::client::{Effects, Event, Hint, Machine, ServerResponse, State};

/// What a driver with that fault hands in.
pub(super) fn event(mutant: Option<Mutant>, tab: &Tab, event: Event<Reason>) -> Event<Reason> {
    let now = tab.machine.epoch;
    match (mutant, event) {
        (
            Some(Mutant::DropEpoch),
            Event::RefreshResponse {
                response, jitter, ..
            },
        ) => Event::RefreshResponse {
            epoch: now,
            response,
            jitter,
        },
        (
            Some(Mutant::OutageEnds),
            Event::RefreshResponse {
                epoch,
                response: ServerResponse::Transient { .. },
                jitter,
            },
        ) => Event::RefreshResponse {
            epoch,
            response: ServerResponse::SessionEnded(Reason::Invalid),
            jitter,
        },
        (
            Some(fault),
            Event::RefreshResponse {
                epoch,
                response: ServerResponse::Rejected { .. },
                jitter,
            },
        ) => Event::RefreshResponse {
            epoch,
            response: rejection(fault),
            jitter,
        },
        (
            Some(Mutant::RejectedSignOutIsHeard),
            Event::LogoutResponse {
                epoch,
                response: ServerResponse::Rejected { .. },
                jitter,
            },
        ) => Event::LogoutResponse {
            epoch,
            response: ServerResponse::SessionEnded(Reason::SignedOut),
            jitter,
        },
        (
            Some(Mutant::SiblingWhateverEpoch),
            Event::SiblingToken {
                epoch,
                lifetime,
                source,
            },
        ) => Event::SiblingToken {
            epoch: epoch.max(now + 1),
            lifetime,
            source,
        },
        (Some(Mutant::WakeIsBlind), Event::PageResumed { reason, .. }) => Event::PageResumed {
            hint: Hint::SignedOut(0),
            reason,
        },
        (Some(Mutant::SignOutForgotten), Event::PageLoaded(Hint::LogoutPending(epoch))) => {
            Event::PageLoaded(Hint::SignedOut(epoch))
        }
        (_, event) => event,
    }
}

/// What a rejected refresh means to a driver with that fault.
const fn rejection(mutant: Mutant) -> ServerResponse<Reason> {
    match mutant {
        Mutant::RejectionIsOutage => ServerResponse::Transient { retry_after: None },
        Mutant::RejectionEnds => ServerResponse::SessionEnded(Reason::Invalid),
        _ => ServerResponse::Rejected { by_api: true },
    }
}

/// The machine that a late answer finds, where that is adopted after a sign-out.
pub(super) fn machine(mutant: Option<Mutant>, tab: &Tab, event: &Event<Reason>) -> Machine<Reason> {
    let machine = tab.machine;
    match (mutant, event) {
        (
            Some(Mutant::LateAnswerAdopted),
            Event::RefreshResponse {
                epoch,
                response: ServerResponse::Granted { .. },
                ..
            },
        ) => Machine {
            epoch: *epoch,
            state: State::Active {
                grant: None,
                request: protocol::client::RequestStatus::Idle,
            },
            ..machine
        },
        _ => machine,
    }
}

/// What a driver with that fault carries out.
pub(super) fn effects(
    mutant: Option<Mutant>,
    event: &Event<Reason>,
    mut effects: Effects<Reason>,
) -> Effects<Reason> {
    let failed = matches!(
        event,
        Event::RefreshResponse {
            response: ServerResponse::Transient { .. } | ServerResponse::Rejected { .. },
            ..
        }
    );
    let rejected = matches!(
        event,
        Event::RefreshResponse {
            response: ServerResponse::Rejected { .. },
            ..
        }
    );
    match mutant {
        Some(Mutant::RejectionForgetsKey) if rejected => effects.clear_attempt_key = true,
        Some(Mutant::NoTimer) if failed => effects.set_timer = None,
        Some(Mutant::SignOutOnce) if matches!(event, Event::LogoutResponse { .. }) => {
            effects.set_timer = None;
        }
        Some(Mutant::ParkedForgotten) => effects.resume_queued = None,
        Some(Mutant::SignOutUntold) if matches!(event, Event::SignOut { .. }) => {
            effects.broadcast = None;
        }
        _ => {}
    }
    effects
}
