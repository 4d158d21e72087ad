mod action;
mod person_row;
mod search;
mod table;

use crate::component::{Button, Page, lines, load_failed};
use crate::load::{Load, use_load};
use crate::words::text;
use client::UserSearch;
use search::Search;
use table::Table;
use yew::prelude::*;

/// Other people's accounts.
#[component]
pub fn Users() -> Html {
    let search = use_state(UserSearch::default);
    let people = use_load((*search).clone(), async |api, search| {
        api.users(&search).await
    });
    let set = search.setter();
    let onsearch = Callback::from(move |wanted| set.set(wanted));
    let turn = {
        let search = search.clone();
        Callback::from(move |after: Option<String>| {
            search.set(UserSearch {
                after,
                ..(*search).clone()
            });
        })
    };
    html! {
        <Page title={text::PEOPLE} lead={text::PEOPLE_LEAD}>
            <Search {onsearch} />
            {
                match &people.now {
                    Load::Loading => html! { <div class="card list">{ lines(8) }</div> },
                    Load::Failed(error) => load_failed(error, &people.again),
                    // Another order makes other rows: those of the old one would jump.
                    Load::Ready(page) => html! {
                        <Table key={[people.of.order.as_str(), &people.of.search].concat()} page={page.clone()} changed={people.again.clone()} />
                    },
                }
            }
            if let Load::Ready(page) = &people.now {
                { pager(page.next.as_ref(), search.after.is_some(), &turn) }
            }
        </Page>
    }
}

/// The ways to other pages; `started` where this is not the first.
fn pager(next: Option<&String>, started: bool, turn: &Callback<Option<String>>) -> Html {
    let to = |after: Option<String>| {
        let turn = turn.clone();
        Callback::from(move |()| turn.emit(after.clone()))
    };
    html! {
        <nav class="actions" aria-label={text::PAGES}>
            if started {
                <Button onclick={to(None)}>{ text::FIRST_PAGE }</Button>
            }
            if let Some(next) = next {
                <Button onclick={to(Some(next.clone()))}>{ text::NEXT_PAGE }</Button>
            }
        </nav>
    }
}
