use crate::words::{self, text};
use shared::event::EventKind;
use yew::prelude::*;

/// The choice of what to see.
pub fn kinds(chosen: Option<EventKind>, onchange: Callback<Event>) -> Html {
    let option = |kind: &EventKind| {
        html! {
            <option value={kind.as_str()} selected={chosen == Some(*kind)}>{ words::kind(*kind) }</option>
        }
    };
    html! {
        <label class="choice">
            <span>{ text::SHOW_KIND }</span>
            <select name="kind" {onchange}>
                <option value="" selected={chosen.is_none()}>{ text::ALL_KINDS }</option>
                { for EventKind::ALL.iter().map(option) }
            </select>
        </label>
    }
}
