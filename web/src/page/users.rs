mod action;
mod person_row;
mod search;
mod table;

use crate::component::{Page, lines, load_failed, pager, use_turning};
use crate::load::{Load, use_load};
use crate::route::Route;
use crate::router::{self, use_query};
use crate::words::text;
use client::UserSearch;
use search::Search;
use table::Table;
use yew::prelude::*;

/// Other people's accounts. The address says which, in what order, and from where on.
#[component]
pub fn Users() -> Html {
    let search = UserSearch::of(&use_query(Route::Users, |query| {
        UserSearch::of(query).query()
    }));
    let people = use_load(search.clone(), async |api, search| api.users(&search).await);
    let shown = people.of.query();
    let turning = use_turning(shown.clone());
    let onsearch = Callback::from(|search: UserSearch| router::push(Route::Users, &search.query()));
    let turn = {
        let (search, turning) = (search.clone(), turning.clone());
        onsearch.reform(move |after: Option<String>| {
            turning.turn();
            UserSearch {
                after,
                ..search.clone()
            }
        })
    };
    html! {
        <Page title={text::PEOPLE} lead={text::PEOPLE_LEAD}>
            <Search search={search.clone()} {onsearch} />
            <div class="turned" ref={turning.list} tabindex="-1" role="region" aria-label={text::PEOPLE}>
                {
                    match &people.now {
                        Load::Loading => html! { <div class="card list">{ lines(8) }</div> },
                        Load::Failed(error) => load_failed(error, &people.again),
                        // Another order makes other rows: those of the old one would jump.
                        Load::Ready(page) => html! {
                            <Table key={shown} page={page.clone()} changed={people.again.clone()} />
                        },
                    }
                }
            </div>
            if let Load::Ready(page) = &people.now {
                { pager([text::FIRST_PAGE, text::NEXT_PAGE], search.after.is_some(), page.next.as_ref(), &turn) }
            }
        </Page>
    }
}
