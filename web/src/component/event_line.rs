use super::{Told, moment};
use crate::words::{self, text};
use shared::event::{Event, EventKind};
use shared::session::RevocationReason;
use yew::prelude::*;

/// How an event looks: its colour says whether it is a worry.
pub const fn shade(event: &Event) -> &'static str {
    match (event.kind, event.reason) {
        (_, Some(RevocationReason::TokenReuse)) | (EventKind::Disabled, _) => "dot dot-bad",
        (EventKind::SignInFailed | EventKind::RefreshRetried | EventKind::RefreshRaced, _) => {
            "dot dot-warn"
        }
        (EventKind::Registered | EventKind::SignedIn | EventKind::Enabled, _) => "dot dot-good",
        (EventKind::Refreshed, _) => "dot dot-quiet",
        _ => "dot",
    }
}

/// One event in a list; `whose` where it is of many people.
pub fn event_line(event: &Event, whose: bool) -> Html {
    let nobody = text::NOBODYS.say();
    let name = event.username.as_deref().unwrap_or(nobody);
    let by = event.by.as_deref().map(|by| text::BY_ADMIN.fill(&[by]));
    let device = event
        .user_agent
        .as_deref()
        .map(|agent| words::device(Some(agent)));
    html! {
        <li key={event.id.to_string()}>
            <span class="log-what">
                <span class={shade(event)} aria-hidden="true"></span>
                <span>
                    if whose {
                        <strong><bdi>{ name }</bdi></strong>{ " " }
                    }
                    { words::kind(event.kind) }
                    if let Some(reason) = event.reason {
                        { ": " }{ words::reason(reason) }
                    }
                    if let Some(by) = by {
                        { by }
                    }
                    if let Some(device) = device {
                        <span class="muted">{ " " }<bdi>{ device }</bdi></span>
                    }
                </span>
            </span>
            <span class="muted">{ moment(event.at, Told::AgeOrDate) }</span>
        </li>
    }
}
