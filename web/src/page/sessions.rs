mod entry;
mod timeline;

use crate::component::{Button, Kind, Page, Question, Toast, lines, load_failed};
use crate::list::{Act, use_list_actions};
use crate::load::{Load, use_load};
use crate::session::use_client;
use crate::words::{self, text};
use client::{ApiClient, AuthClient};
use entry::Entry;
use shared::session::Session;
use std::rc::Rc;
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
    let actions = use_list_actions(props.sessions.clone(), props.changed.clone());
    let end = {
        let (client, ask) = (client.clone(), actions.ask.clone());
        let sessions = props.sessions.clone();
        Callback::from(move |session: Session| {
            if session.current {
                return client.auth().logout();
            }
            let place = sessions.iter().position(|other| other.id == session.id);
            ask.emit(ends_one(&client.api(), &session, place.unwrap_or(0)));
        })
    };
    let ask_others = actions.ask.reform(move |()| ends_others(&client.auth()));
    let others = props.sessions.iter().any(|session| !session.current);
    let entry = |session: &Session| {
        let (busy, rests) = actions.state_of(&session.id);
        html! { <Entry key={session.id.clone()} session={session.clone()} end={end.clone()} {busy} {rests} /> }
    };
    let (busy, rests) = actions.state_of(OTHERS);
    html! {
        <>
            <ul class="card rows" ref={actions.list.clone()}>{ for props.sessions.iter().map(entry) }</ul>
            if others {
                <div class="actions">
                    <Button kind={Kind::Danger} {busy} disabled={rests} onclick={ask_others}>
                        { text::END_OTHERS }
                    </Button>
                </div>
            }
            { actions.question.clone() }
        </>
    }
}

/// Names the button that ends all others; no session has this id.
const OTHERS: &str = "others";

fn ends_one(api: &ApiClient, session: &Session, row: usize) -> Act {
    let device = words::device(session.user_agent.as_deref());
    let (api, id) = (api.clone(), session.id.clone());
    Act {
        button: AttrValue::from(session.id.clone()),
        row,
        question: Question {
            title: text::END_QUESTION.fill(&[&device]).into(),
            text: text::END_TEXT.into(),
            action: text::END_IT.into(),
        },
        work: Rc::new(move || {
            let (api, id) = (api.clone(), id.clone());
            Box::pin(async move {
                let ended = api.end_session(&id).await;
                ended.map(|()| Toast::done(text::SESSION_HAS_ENDED))
            })
        }),
    }
}

fn ends_others(auth: &AuthClient) -> Act {
    let auth = auth.clone();
    Act {
        button: OTHERS.into(),
        row: 0,
        question: Question {
            title: text::END_OTHERS_QUESTION.into(),
            text: text::END_OTHERS_TEXT.into(),
            action: text::END_THEM.into(),
        },
        work: Rc::new(move || {
            let auth = auth.clone();
            Box::pin(async move {
                let ended = auth.logout_others().await;
                ended.map(|()| Toast::done(text::OTHERS_HAVE_ENDED))
            })
        }),
    }
}
