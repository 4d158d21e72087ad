use super::action::Action;
use super::person_row::PersonRow;
use crate::component::Toast;
use crate::list::{Act, use_list_actions};
use crate::session::use_client;
use crate::words::text;
use client::ApiClient;
use shared::admin::{AdminUserView, UserPage};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TableProps {
    pub page: Rc<UserPage>,
    pub changed: Callback<()>,
}

/// The people of a page, and what can be done about them.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let api = use_client().api();
    let users = &props.page.users;
    let actions = use_list_actions(props.page.clone(), props.changed.clone());
    let act = {
        let (ask, run, page) = (actions.ask.clone(), actions.run.clone(), props.page.clone());
        Callback::from(move |(user, action): (AdminUserView, Action)| {
            let place = page.users.iter().position(|other| other.id == user.id);
            ask.emit(act_of(&api, &run, (user, action), place.unwrap_or(0)));
        })
    };
    let row = |user: &AdminUserView| {
        let button = actions.running.clone();
        html! {
            <PersonRow key={user.id.clone()} user={user.clone()} act={act.clone()}
                rests={button.is_some()} busy={button.filter(|button| button.ends_with(&user.id))} />
        }
    };
    html! {
        <>
            if users.is_empty() {
                <p class="card empty list">{ text::NOBODY_CALLED }</p>
            } else {
                <ul class="card rows list" ref={actions.list.clone()}>{ for users.iter().map(row) }</ul>
            }
            { actions.question.clone() }
        </>
    }
}

/// What was asked for, with the way back where there is one.
fn act_of(
    api: &ApiClient,
    run: &Callback<Act>,
    (user, action): (AdminUserView, Action),
    row: usize,
) -> Act {
    let (api, run) = (api.clone(), run.clone());
    Act {
        button: action.button(&user.id),
        row,
        question: action.question(&user),
        work: Rc::new(move || {
            let (api, run, user) = (api.clone(), run.clone(), user.clone());
            Box::pin(async move {
                let done = action.run(&api, &user).await;
                let words = action.done(&user);
                let undo = action.inverse().map(|inverse| {
                    let back = run.clone();
                    run.reform(move |()| act_of(&api, &back, (user.clone(), inverse), row))
                });
                done.map(|()| Toast::done(words).undone_by(undo))
            })
        }),
    }
}
