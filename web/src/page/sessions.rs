mod entry;
mod timeline;

use crate::component::{Button, Kind, Page, Question, confirm, lines, load_failed, outcome};
use crate::load::{Load, use_load};
use crate::session::use_client;
use crate::words::text;
use client::Error;
use entry::Entry;
use shared::session::Session;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Where one is signed in, and the means to end it.
#[component]
pub fn Sessions() -> Html {
    let sessions = use_load((), async |api, ()| api.sessions().await);
    html! {
        <Page title={text::SESSIONS} lead={text::SESSIONS_LEAD}>
            {
                match &sessions.now {
                    Load::Loading => html! { <div class="card">{ lines(5) }</div> },
                    Load::Failed(error) => load_failed(error, &sessions.again),
                    Load::Ready(list) => html! {
                        <List sessions={Rc::new(list.sessions.clone())} changed={sessions.again.clone()} />
                    },
                }
            }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct ListProps {
    sessions: Rc<Vec<Session>>,
    changed: Callback<()>,
}

#[component]
fn List(props: &ListProps) -> Html {
    let client = use_client();
    let came = use_state(|| None::<Result<&'static str, Error>>);
    let asking = use_state(|| false);
    let end = {
        let (client, set, changed) = (client.clone(), came.setter(), props.changed.clone());
        Callback::from(move |session: Session| {
            if session.current {
                return client.auth().logout();
            }
            let (api, set, changed) = (client.api(), set.clone(), changed.clone());
            spawn_local(async move {
                let ended = api.end_session(&session.id).await;
                set.set(Some(ended.map(|()| text::SESSION_HAS_ENDED.say())));
                changed.emit(());
            });
        })
    };
    let onanswer = {
        let (asking, set, changed) = (asking.setter(), came.setter(), props.changed.clone());
        Callback::from(move |yes: bool| {
            asking.set(false);
            if yes {
                let (auth, set, changed) = (client.auth(), set.clone(), changed.clone());
                spawn_local(async move {
                    let ended = auth.logout_others().await;
                    set.set(Some(ended.map(|()| text::OTHERS_HAVE_ENDED.say())));
                    changed.emit(());
                });
            }
        })
    };
    let ask = asking.setter();
    let others = props.sessions.iter().any(|session| !session.current);
    let entry = |session: &Session| {
        html! { <Entry key={session.id.clone()} session={session.clone()} end={end.clone()} /> }
    };
    html! {
        <>
            { outcome((*came).as_ref()) }
            <ul class="card rows">{ for props.sessions.iter().map(entry) }</ul>
            if others {
                <div class="actions">
                    <Button kind={Kind::Danger} onclick={Callback::from(move |()| ask.set(true))}>
                        { text::END_OTHERS }
                    </Button>
                </div>
            }
            if *asking {
                { confirm(&question(), &onanswer) }
            }
        </>
    }
}

fn question() -> Question {
    Question {
        title: text::END_OTHERS_QUESTION.into(),
        text: text::END_OTHERS_TEXT.into(),
        action: text::END_THEM.into(),
    }
}
