use super::action::Action;
use super::person_row::PersonRow;
use crate::component::{Button, Tone, confirm, notice};
use crate::session::use_client;
use crate::words::{self, text};
use client::Error;
use shared::admin::{AdminUserView, UserPage};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TableProps {
    pub page: Rc<UserPage>,
    pub changed: Callback<()>,
}

/// The people of a page, and what was done about them.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let client = use_client();
    let asked = use_state(|| None::<(AdminUserView, Action)>);
    let came = use_state(|| None::<Result<(AdminUserView, Action), Error>>);
    let ask = asked.setter();
    let act = Callback::from(move |act: (AdminUserView, Action)| ask.set(Some(act)));
    let run = {
        let (set, changed) = (came.setter(), props.changed.clone());
        Callback::from(move |(user, action): (AdminUserView, Action)| {
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
    let row = |user: &AdminUserView| {
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
    came: Option<&Result<(AdminUserView, Action), Error>>,
    run: &Callback<(AdminUserView, Action)>,
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
