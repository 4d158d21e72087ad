mod chart;
mod kinds;

use crate::component::{Button, Page, event_line, lines, load_failed};
use crate::load::{Load, use_load};
use crate::session::use_address;
use crate::words::text;
use chart::chart;
use client::EventSearch;
use kinds::kinds;
use shared::event::{EventKind, EventPage};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What happened to everybody.
#[component]
pub fn Events() -> Html {
    let about = person(&use_address().query);
    let search = use_state(|| EventSearch {
        user: about,
        ..EventSearch::default()
    });
    let events = use_load((*search).clone(), async |api, search| {
        api.events(&search).await
    });
    let activity = use_load((), async |api, ()| api.activity().await);
    let onkind = {
        let search = search.clone();
        Callback::from(move |event: Event| {
            let word = event.target_unchecked_into::<HtmlSelectElement>().value();
            search.set(EventSearch {
                kind: EventKind::parse(&word),
                user: search.user.clone(),
                before: None,
            });
        })
    };
    let set = search.setter();
    let onall = Callback::from(move |()| set.set(EventSearch::default()));
    let turn = {
        let search = search.clone();
        Callback::from(move |before: Option<String>| {
            search.set(EventSearch {
                before,
                ..(*search).clone()
            });
        })
    };
    html! {
        <Page title={text::EVENTS} lead={text::EVENTS_LEAD}>
            <section class="card" aria-labelledby="lately">
                <h2 id="lately">{ text::LATELY }</h2>
                {
                    match &activity.now {
                        Load::Loading => lines(6),
                        Load::Ready(activities) => chart(activities),
                        Load::Failed(error) => load_failed(error, &activity.again),
                    }
                }
            </section>
            { kinds(search.kind, onkind) }
            if search.user.is_some() {
                <div class="actions">
                    <span>{ text::OF_ONE_PERSON }</span>
                    <Button onclick={onall}>{ text::OF_EVERYBODY }</Button>
                </div>
            }
            {
                match &events.now {
                    Load::Loading => html! { <div class="card list">{ lines(10) }</div> },
                    Load::Ready(page) => list(page),
                    Load::Failed(error) => load_failed(error, &events.again),
                }
            }
            if let Load::Ready(page) = &events.now {
                { pager(page.next.as_ref(), search.before.is_some(), &turn) }
            }
        </Page>
    }
}

/// Whom the address asks for: `?user=` and an id, which the API judges.
fn person(query: &str) -> Option<String> {
    query.strip_prefix("?user=").map(ToOwned::to_owned)
}

fn list(page: &EventPage) -> Html {
    if page.events.is_empty() {
        return html! { <p class="card empty list">{ text::NOTHING_HAPPENED }</p> };
    }
    html! { <ol class="card log log-wide list">{ for page.events.iter().map(|event| event_line(event, true)) }</ol> }
}

/// The ways to other pages; `started` where this is not the first.
fn pager(next: Option<&String>, started: bool, turn: &Callback<Option<String>>) -> Html {
    html! {
        <div class="actions">
            if started {
                <Button onclick={turn.reform(|()| None)}>{ text::NEWEST }</Button>
            }
            if let Some(next) = next.cloned() {
                <Button onclick={turn.reform(move |()| Some(next.clone()))}>{ text::OLDER }</Button>
            }
        </div>
    }
}
