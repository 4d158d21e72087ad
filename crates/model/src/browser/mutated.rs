//! The browser's half with a rule broken.

use super::Tab;
use crate::mutant::Mutant;
use crate::token::Reason;
use protocol::client::{Answer, Effects, Event, Hint, Machine, State};

/// What a driver with that fault hands in.
pub(super) fn event(mutant: Option<Mutant>, tab: &Tab, event: Event<Reason>) -> Event<Reason> {
    let now = tab.machine.epoch;
    match (mutant, event) {
        (Some(Mutant::DropEpoch), Event::Refreshed { answer, jitter, .. }) => Event::Refreshed {
            epoch: now,
            answer,
            jitter,
        },
        (
            Some(Mutant::OutageEnds),
            Event::Refreshed {
                epoch,
                answer: Answer::Transient { .. },
                jitter,
            },
        ) => Event::Refreshed {
            epoch,
            answer: Answer::Ended(Reason::Invalid),
            jitter,
        },
        (
            Some(fault),
            Event::Refreshed {
                epoch,
                answer: Answer::Rejected { .. },
                jitter,
            },
        ) => Event::Refreshed {
            epoch,
            answer: rejection(fault),
            jitter,
        },
        (
            Some(Mutant::RejectedSignOutIsHeard),
            Event::LeftAnswered {
                epoch,
                answer: Answer::Rejected { .. },
                jitter,
            },
        ) => Event::LeftAnswered {
            epoch,
            answer: Answer::Ended(Reason::SignedOut),
            jitter,
        },
        (Some(Mutant::SiblingWhateverEpoch), Event::SiblingGranted { epoch, life, by }) => {
            Event::SiblingGranted {
                epoch: epoch.max(now + 1),
                life,
                by,
            }
        }
        (Some(Mutant::WakeIsBlind), Event::Wake { reason, .. }) => Event::Wake {
            hint: Hint::Nobody(0),
            reason,
        },
        (Some(Mutant::SignOutForgotten), Event::Start(Hint::Leaving(epoch))) => {
            Event::Start(Hint::Nobody(epoch))
        }
        (_, event) => event,
    }
}

/// What a rejected refresh means to a driver with that fault.
const fn rejection(mutant: Mutant) -> Answer<Reason> {
    match mutant {
        Mutant::RejectionIsOutage => Answer::Transient { retry_after: None },
        Mutant::RejectionEnds => Answer::Ended(Reason::Invalid),
        _ => Answer::Rejected { by_api: true },
    }
}

/// The machine that a late answer finds, where that is adopted after a sign-out.
pub(super) fn machine(mutant: Option<Mutant>, tab: &Tab, event: &Event<Reason>) -> Machine<Reason> {
    let machine = tab.machine;
    match (mutant, event) {
        (
            Some(Mutant::LateAnswerAdopted),
            Event::Refreshed {
                epoch,
                answer: Answer::Granted { .. },
                ..
            },
        ) => Machine {
            epoch: *epoch,
            state: State::Live {
                grant: None,
                effort: protocol::client::Effort::Idle,
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
        Event::Refreshed {
            answer: Answer::Transient { .. } | Answer::Rejected { .. },
            ..
        }
    );
    let rejected = matches!(
        event,
        Event::Refreshed {
            answer: Answer::Rejected { .. },
            ..
        }
    );
    match mutant {
        Some(Mutant::RejectionForgetsKey) if rejected => effects.forget_attempt = true,
        Some(Mutant::NoTimer) if failed => effects.wake_at = None,
        Some(Mutant::SignOutOnce) if matches!(event, Event::LeftAnswered { .. }) => {
            effects.wake_at = None;
        }
        Some(Mutant::ParkedForgotten) => effects.release = None,
        Some(Mutant::SignOutUntold) if matches!(event, Event::SignOut { .. }) => {
            effects.tell = None;
        }
        _ => {}
    }
    effects
}
