use crate::component::{event_line, lines, load_failed, shade};
use crate::load::{Load, use_load};
use shared::event::Event;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    pub session: AttrValue,
}

/// What happened in a session: a small picture over its list.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let events = use_load(props.session.clone(), async |api, id| {
        api.session_events(&id).await
    });
    html! {
        <div class="timeline">
            {
                match &events.now {
                    Load::Loading => lines(3),
                    Load::Failed(error) => load_failed(error, &events.again),
                    Load::Ready(page) => html! {
                        <>
                            { picture(&page.events) }
                            <ol class="log">{ for page.events.iter().map(|event| event_line(event, false)) }</ol>
                        </>
                    },
                }
            }
        </div>
    }
}

/// A line from the first event to the last, and a dot for each.
fn picture(events: &[Event]) -> Html {
    let (Some(last), Some(first)) = (events.first(), events.last()) else {
        return Html::default();
    };
    let dot = |event: &Event| {
        let at = place(event.at, first.at, last.at).to_string();
        html! { <circle class={shade(event)} cx={at} cy="14" r="8" /> }
    };
    html! {
        <svg class="timeline-picture" viewBox="0 0 600 28" aria-hidden="true" focusable="false">
            <path d="M8 14H592" />
            { for events.iter().rev().map(dot) }
        </svg>
    }
}

/// Where on the line that moment is. All at once is its beginning.
fn place(at: u64, first: u64, last: u64) -> u64 {
    let span = last.saturating_sub(first).max(1);
    8 + at.saturating_sub(first).min(span) * 584 / span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_begins_and_ends_with_the_session() {
        assert_eq!(place(100, 100, 200), 8);
        assert_eq!(place(150, 100, 200), 300);
        assert_eq!(place(200, 100, 200), 592);
        assert_eq!(place(100, 100, 100), 8);
    }
}
