mod refresh;
mod response;
mod session;
mod siblings;

use super::effect::Effects;
use super::event::Event;
use super::{Epoch, Machine};
use crate::Millis;

/// The machine after an event, and the effects that the driver executes.
pub fn step<R: Copy>(
    machine: Machine<R>,
    event: Event<R>,
    now: Millis,
) -> (Machine<R>, Effects<R>) {
    match event {
        Event::PageLoaded(hint) => session::on_page_loaded(machine, hint),
        Event::SignedIn { lifetime, known } => session::on_signed_in(machine, lifetime, known, now),
        Event::SignOut { reason, known } => session::on_sign_out(machine, reason, known),
        Event::CallSessionEnded { serial, reason } => {
            session::on_call_session_ended(machine, serial, reason)
        }
        Event::SiblingsProbed { epoch, sibling } if epoch == machine.epoch => {
            siblings::on_probe_result(machine, sibling, now)
        }
        Event::RefreshResponse {
            epoch,
            response,
            jitter,
        } if epoch == machine.epoch => {
            response::on_refresh_response(machine, response, jitter, now)
        }
        Event::LogoutResponse {
            epoch,
            response,
            jitter,
        } if epoch == machine.epoch => response::on_logout_response(machine, response, jitter, now),
        // Responses to requests of an older epoch.
        Event::SiblingsProbed { .. }
        | Event::RefreshResponse { .. }
        | Event::LogoutResponse { .. } => (machine, Effects::none()),
        Event::CallUnauthorized { serial } => refresh::on_call_unauthorized(machine, serial, now),
        Event::TokenRequested => refresh::request_token(machine, now),
        Event::TimerFired => refresh::run_due_work(machine, now, false),
        Event::PageResumed { hint, reason } if hint.epoch() > machine.epoch => {
            siblings::on_missed_messages(machine, hint, reason)
        }
        Event::PageResumed { .. } => refresh::run_due_work(machine, now, true),
        Event::SiblingToken {
            epoch,
            lifetime,
            source,
        } => siblings::on_sibling_token(machine, (epoch, source), lifetime, now),
        Event::SiblingTokenRequest { epoch } => siblings::on_token_request(machine, epoch, now),
        Event::SiblingSignedOut { epoch, reason } => {
            siblings::on_sibling_signed_out(machine, epoch, reason)
        }
    }
}

fn next_epoch<R>(machine: &Machine<R>, known: Epoch) -> Epoch {
    machine.epoch.max(known).saturating_add(1)
}
