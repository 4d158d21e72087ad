mod claims;
mod clock;
mod tabs;

use crate::component::Page;
use crate::session::use_client;
use crate::words::{self, text};
use claims::claims;
use client::{DebugSnapshot, LogEntry};
use clock::Clock;
use gloo_timers::callback::Interval;
use tabs::tabs;
use yew::prelude::*;

/// How often the page looks, in milliseconds.
const LOOK: u32 = 1000;

/// What this tab's token says and what its machine does.
#[component]
pub fn Token() -> Html {
    let client = use_client();
    let now = use_state(|| client.debug_snapshot());
    let set = now.setter();
    use_effect_with(client, move |client| {
        client.ping_siblings();
        let looks = client.clone();
        let look = Interval::new(LOOK, move || set.set(looks.debug_snapshot()));
        move || drop(look)
    });
    let inspection: &DebugSnapshot = &now;
    html! {
        <Page title={text::TOKEN} lead={text::TOKEN_LEAD} class="page page-grid">
            <Clock inspection={inspection.clone()} />
            { claims(inspection) }
            { notes(&inspection.log) }
            { tabs(inspection) }
        </Page>
    }
}

fn notes(notes: &[LogEntry]) -> Html {
    let line = |noted: &LogEntry| {
        html! {
            <li>
                <span>{ words::note(noted.event) }</span>
                <span class="muted">{ words::seconds_ago(noted.ago.as_secs()) }</span>
            </li>
        }
    };
    html! {
        <section class="card" aria-labelledby="notes">
            <h2 id="notes">{ text::HAPPENED }</h2>
            if notes.is_empty() {
                <p class="muted">{ text::NOTHING_YET }</p>
            } else {
                <ol class="log" tabindex="0" aria-labelledby="notes">{ for notes.iter().map(line) }</ol>
            }
        </section>
    }
}
