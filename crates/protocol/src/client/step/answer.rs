//! Answers of the server to a refresh and to a sign-out, within their epoch.

use super::passage::{ended, granted};
use crate::Millis;
use crate::client::effect::{Effects, Hint, Release, Telling};
use crate::client::event::{Answer, Grantor, Jitter, Life};
use crate::client::grant::{backoff, spread};
use crate::client::{Effort, Machine, State};

/// A server that asks us back "now" still gets this much peace.
const RETRY_AFTER_MIN: Millis = Millis::from_secs(1);

pub(super) fn refreshed<R: Copy>(
    machine: Machine<R>,
    answer: Answer<R>,
    jitter: Jitter,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let State::Live { grant, effort } = machine.state else {
        return (machine, Effects::none());
    };
    match answer {
        Answer::Granted { ttl } => {
            let epoch = machine.epoch;
            let (machine, effects) = granted(machine, epoch, Life { ttl, jitter }, now);
            let effects = Effects {
                forget_attempt: true,
                tell: Some(Telling::Granted(epoch, Grantor::Refresh)),
                ..effects
            };
            (machine, effects)
        }
        Answer::Ended(reason) => ended(machine, reason),
        // A sibling's token arrived meanwhile: this failure is of no interest any more.
        Answer::Transient { .. } if effort == Effort::Idle => (machine, Effects::none()),
        Answer::Transient { retry_after } => {
            let (effort, retry_at) = wait(effort, retry_after, jitter, now);
            let effects = Effects {
                release: Some(Release::Fail),
                wake_at: Some(retry_at),
                ..Effects::none()
            };
            let state = State::Live { grant, effort };
            (Machine { state, ..machine }, effects)
        }
    }
}

pub(super) fn left<R: Copy>(
    machine: Machine<R>,
    answer: Answer<R>,
    jitter: Jitter,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    let State::SignedOut {
        reason,
        leaving: Some(effort),
    } = machine.state
    else {
        return (machine, Effects::none());
    };
    let mut effects = Effects::none();
    let leaving = if let Answer::Transient { retry_after } = answer {
        let (effort, retry_at) = wait(effort, retry_after, jitter, now);
        effects.wake_at = Some(retry_at);
        Some(effort)
    } else {
        effects.hint = Some(Hint::Nobody(machine.epoch));
        None
    };
    let state = State::SignedOut { reason, leaving };
    (Machine { state, ..machine }, effects)
}

/// The wait after a try that failed for reasons of weather, and its end.
fn wait(
    effort: Effort,
    retry_after: Option<Millis>,
    jitter: Jitter,
    now: Millis,
) -> (Effort, Millis) {
    let failures = match effort {
        Effort::InFlight { failures } | Effort::Waiting { failures, .. } => failures,
        Effort::Idle | Effort::Looking | Effort::Asking { .. } => 0,
    }
    .saturating_add(1);
    let retry_at = match retry_after.map(|asked| asked.max(RETRY_AFTER_MIN)) {
        // Never earlier than asked, and not everybody in the same instant.
        Some(asked) => now + asked + spread(Millis(asked.0 / 4), jitter),
        None => backoff(failures, now, jitter),
    };
    let effort = Effort::Waiting {
        failures,
        retry_at,
        asked: retry_after.is_some(),
    };
    (effort, retry_at)
}
