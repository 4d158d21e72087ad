//! Answers of the server to a refresh and to a sign-out, within their epoch.

use super::passage::{ended, granted};
use crate::Millis;
use crate::client::effect::{Effects, Hint, Release, Telling};
use crate::client::event::{Answer, Grantor, Jitter, Life};
use crate::client::grant::{backoff, spread};
use crate::client::{Effort, Machine, State};

/// A server that asks us back "now" still gets this much peace.
const RETRY_AFTER_MIN: Millis = Millis::from_secs(1);
/// The failure from which on a rejection that is not the API's own counts as one: three to four
/// seconds after the first, longer than a proxy takes to be reloaded.
const FOREIGN_REJECTIONS: u8 = 3;

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
        Answer::Transient { .. } | Answer::Rejected { .. } if effort == Effort::Idle => {
            (machine, Effects::none())
        }
        Answer::Transient { .. } | Answer::Rejected { .. } => {
            let (effort, retry_at) = wait(effort, answer, jitter, now);
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
    let leaving = match answer {
        Answer::Granted { .. } | Answer::Ended(_) => {
            effects.hint = Some(Hint::Nobody(machine.epoch));
            None
        }
        // A rejected sign-out ended nothing at the server.
        Answer::Transient { .. } | Answer::Rejected { .. } => {
            let (effort, retry_at) = wait(effort, answer, jitter, now);
            effects.wake_at = Some(retry_at);
            Some(effort)
        }
    };
    let state = State::SignedOut { reason, leaving };
    (Machine { state, ..machine }, effects)
}

/// The wait after a try that failed and ended nothing, and its end.
fn wait<R: Copy>(
    effort: Effort,
    answer: Answer<R>,
    jitter: Jitter,
    now: Millis,
) -> (Effort, Millis) {
    let (failures, rejected) = effort.failures();
    let failures = failures.saturating_add(1);
    let (retry_after, rejected) = match answer {
        Answer::Transient { retry_after } => (retry_after, rejected),
        Answer::Rejected { by_api } => {
            let counts = by_api || failures >= FOREIGN_REJECTIONS;
            (None, rejected || counts)
        }
        Answer::Granted { .. } | Answer::Ended(_) => (None, rejected),
    };
    let retry_at = match retry_after.map(|asked| asked.max(RETRY_AFTER_MIN)) {
        // Never earlier than asked, and not everybody in the same instant.
        Some(asked) => now + asked + spread(Millis(asked.0 / 4), jitter),
        None => backoff(failures, now, jitter),
    };
    let effort = Effort::Waiting {
        failures,
        rejected,
        retry_at,
        asked: retry_after.is_some(),
    };
    (effort, retry_at)
}
