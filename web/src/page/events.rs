mod chart;
mod kinds;
mod subject;

use crate::component::{Page, event_line, lines, load_failed, pager, use_turning};
use crate::load::{Load, use_load};
use crate::route::Route;
use crate::router::{self, use_query};
use crate::words::text;
use chart::chart;
use client::EventSearch;
use kinds::kinds;
use shared::event::{EventKind, EventPage};
use subject::Subject;
use yew::prelude::*;

/// What happened to everybody. The address says about whom, of what kind, and from where on.
#[component]
pub fn Events() -> Html {
    let search = EventSearch::of(&use_query(Route::Events, |query| {
        EventSearch::of(query).query()
    }));
    let events = use_load(search.clone(), async |api, search| {
        api.events(&search).await
    });
    let turning = use_turning(events.of.query());
    let go = Callback::from(|search: EventSearch| router::push(Route::Events, &search.query()));
    let onkind = {
        let user = search.user.clone();
        go.reform(move |word: String| EventSearch {
            kind: EventKind::parse(&word),
            user: user.clone(),
            before: None,
        })
    };
    let kind = search.kind;
    let onall = go.reform(move |()| EventSearch {
        kind,
        ..EventSearch::default()
    });
    let turn = {
        let (search, turning) = (search.clone(), turning.clone());
        go.reform(move |before: Option<String>| {
            turning.turn();
            EventSearch {
                before,
                ..search.clone()
            }
        })
    };
    html! {
        <Page title={text::EVENTS} lead={text::EVENTS_LEAD}>
            <Lately />
            { kinds(kind, onkind) }
            if let Some(user) = &search.user {
                <Subject key={user.clone()} user={user.clone()} {onall} />
            }
            <div class="turned" ref={turning.list} tabindex="-1" role="region" aria-label={text::EVENTS}>
                {
                    match &events.now {
                        Load::Loading => html! { <div class="card list">{ lines(10) }</div> },
                        Load::Ready(page) => list(page),
                        Load::Failed(error) => load_failed(error, &events.again),
                    }
                }
            </div>
            if let Load::Ready(page) = &events.now {
                { pager([text::NEWEST, text::OLDER], search.before.is_some(), page.next.as_ref(), &turn) }
            }
        </Page>
    }
}

/// How much happened in the last days.
#[component]
fn Lately() -> Html {
    let activity = use_load((), async |api, ()| api.activity().await);
    html! {
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
    }
}

fn list(page: &EventPage) -> Html {
    if page.events.is_empty() {
        return html! { <p class="card empty list">{ text::NOTHING_HAPPENED }</p> };
    }
    html! { <ol class="card log log-wide list">{ for page.events.iter().map(|event| event_line(event, true)) }</ol> }
}
