use super::timeline::Timeline;
use crate::component::{Button, Told, moment};
use crate::words::{self, text};
use shared::session::Session;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct EntryProps {
    pub session: Session,
    pub end: Callback<Session>,
    /// It is being ended.
    pub busy: bool,
    /// Something else in the list is under way.
    pub rests: bool,
}

/// One session: what it runs on, where, since when, and what happened in it.
#[component]
pub fn Entry(props: &EntryProps) -> Html {
    let session = &props.session;
    let device = words::device(session.user_agent.as_deref());
    let open = use_state(|| false);
    let onclick = {
        let session = session.clone();
        props.end.reform(move |()| session.clone())
    };
    let turn = {
        let open = open.clone();
        Callback::from(move |()| open.set(!*open))
    };
    html! {
        <li class="row">
            <div class="row-main">
                <p class="row-title">
                    <bdi>{ device.clone() }</bdi>
                    if session.current {
                        <span class="badge badge-good">{ text::THIS_BROWSER }</span>
                    }
                </p>
                <p class="muted">
                    { text::LAST_USED }{ moment(session.last_used_at, Told::Age) }
                    { text::SIGNED_IN_AT }{ moment(session.created_at, Told::Age) }
                    if let Some(ip) = &session.ip {
                        { text::FROM_PLACE }{ words::place(ip) }
                    }
                </p>
            </div>
            <div class="actions">
                <Button onclick={turn} about={device.clone()} expanded={*open}>{ text::TIMELINE }</Button>
                <Button busy={props.busy} disabled={props.rests} {onclick} about={device}>
                    { if session.current { text::SIGN_OUT } else { text::END } }
                </Button>
            </div>
            if *open {
                <Timeline session={session.id.clone()} />
            }
        </li>
    }
}
