use crate::component::{Choice, Choices};
use crate::words::{self, text};
use shared::event::EventKind;
use yew::prelude::*;

/// The choice of what to see.
pub fn kinds(chosen: Option<EventKind>, onchoose: Callback<String>) -> Html {
    let kind = |kind: &EventKind| (kind.as_str(), words::kind(*kind).into());
    let mut choices: Choices = vec![("", text::ALL_KINDS.into())];
    choices.extend(EventKind::ALL.iter().map(kind));
    let chosen = chosen.map_or("", EventKind::as_str);
    html! { <Choice name="kind" label={text::SHOW_KIND} {choices} {chosen} {onchoose} /> }
}
