mod action;
mod person_row;
mod search;

use crate::component::{Button, Page, Tone, confirm, lines, load_failed, notice};
use crate::load::{Load, use_load};
use crate::session::use_client;
use crate::words::{self, text};
use action::Action;
use client::{Error, UserSearch};
use person_row::PersonRow;
use search::Search;
use shared::admin::{ManagedUser, UserPage};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
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
                    Load::Ready(page) => html! {
                        <Table key={[search.order.as_str(), &search.search].concat()} page={page.clone()} changed={people.again.clone()} />
                    },
                }
            }
            if let Load::Ready(page) = &people.now {
                { pager(page.next.as_ref(), search.after.is_some(), &turn) }
            }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct TableProps {
    page: Rc<UserPage>,
    changed: Callback<()>,
}

#[component]
fn Table(props: &TableProps) -> Html {
    let client = use_client();
    let asked = use_state(|| None::<(ManagedUser, Action)>);
    let came = use_state(|| None::<Result<(ManagedUser, Action), Error>>);
    let ask = asked.setter();
    let act = Callback::from(move |act: (ManagedUser, Action)| ask.set(Some(act)));
    let run = {
        let (set, changed) = (came.setter(), props.changed.clone());
        Callback::from(move |(user, action): (ManagedUser, Action)| {
            let (api, set, changed) = (client.api(), set.clone(), changed.clone());
            spawn_local(async move {
                let ran = action.run(&api, &user).await;
                set.set(Some(ran.map(|()| (user, action))));
                changed.emit(());
            });
        })
    };
    let onanswer = {
        let (asked, run) = (asked.clone(), run.clone());
        Callback::from(move |yes: bool| {
            let wanted = (*asked).clone().filter(|_| yes);
            asked.set(None);
            if let Some(wanted) = wanted {
                run.emit(wanted);
            }
        })
    };
    let row = |user: &ManagedUser| {
        html! { <PersonRow key={user.id.clone()} user={user.clone()} act={act.clone()} /> }
    };
    html! {
        <>
            { done((*came).as_ref(), &run) }
            if props.page.users.is_empty() {
                <p class="card empty list">{ text::NOBODY_CALLED }</p>
            } else {
                <ul class="card rows list">{ for props.page.users.iter().map(row) }</ul>
            }
            if let Some((user, action)) = &*asked {
                { confirm(&action.question(user), &onanswer) }
            }
        </>
    }
}

/// What came of it, and the way back where there is one.
fn done(
    came: Option<&Result<(ManagedUser, Action), Error>>,
    run: &Callback<(ManagedUser, Action)>,
) -> Html {
    let Some(Ok((user, action))) = came else {
        let failed = came.and_then(|came| came.as_ref().err());
        return failed.map_or_else(Html::default, |error| {
            notice(Tone::Bad, words::of_error(error))
        });
    };
    let undo = action.inverse().map(|inverse| {
        let user = user.clone();
        let onclick = run.reform(move |()| (user.clone(), inverse));
        html! { <Button {onclick}>{ text::UNDO }</Button> }
    });
    let words = html! { <div class="toast"><span>{ action.done(user) }</span>{ undo }</div> };
    notice(Tone::Good, words)
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
