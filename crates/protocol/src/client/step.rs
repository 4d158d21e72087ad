mod answer;
mod demand;
mod passage;
mod sibling;

use super::effect::Effects;
use super::event::Event;
use super::{Epoch, Machine};
use crate::Millis;

/// The machine after an event, and what the driver does about it.
pub fn step<R: Copy>(
    machine: Machine<R>,
    event: Event<R>,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    match event {
        Event::Start(hint) => passage::start(machine, hint),
        Event::SignedIn { life, known } => passage::signed_in(machine, life, known, now),
        Event::SignOut { reason, known } => passage::sign_out(machine, reason, known),
        Event::CallEnded { serial, reason } => passage::call_ended(machine, serial, reason),
        Event::Looked { epoch, sibling } if epoch == machine.epoch => {
            sibling::looked(machine, sibling, now)
        }
        Event::Refreshed {
            epoch,
            answer,
            jitter,
        } if epoch == machine.epoch => answer::refreshed(machine, answer, jitter, now),
        Event::LeftAnswered {
            epoch,
            answer,
            jitter,
        } if epoch == machine.epoch => answer::left(machine, answer, jitter, now),
        // What an older epoch asked for.
        Event::Looked { .. } | Event::Refreshed { .. } | Event::LeftAnswered { .. } => {
            (machine, Effects::none())
        }
        Event::CallRefused { serial } => demand::call_refused(machine, serial, now),
        Event::Wanted => demand::wanted(machine, now),
        Event::Tick => demand::due(machine, now, false),
        Event::Wake { hint, reason } if hint.epoch() > machine.epoch => {
            sibling::missed(machine, hint, reason)
        }
        Event::Wake { .. } => demand::due(machine, now, true),
        Event::SiblingGranted { epoch, life, by } => {
            sibling::granted(machine, (epoch, by), life, now)
        }
        Event::SiblingAsked { epoch } => sibling::asked(machine, epoch, now),
        Event::SiblingLeft { epoch, reason } => sibling::left(machine, epoch, reason),
    }
}

fn next_epoch<R>(machine: &Machine<R>, known: Epoch) -> Epoch {
    machine.epoch.max(known).saturating_add(1)
}
