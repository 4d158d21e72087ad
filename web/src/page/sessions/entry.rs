use super::timeline::Timeline;
use crate::component::{Button, moment};
use crate::words::{self, text};
use shared::session::Session;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct EntryProps {
    pub session: Session,
    pub end: Callback<Session>,
}

/// One session: what it runs on, where, since when, and what happened in it.
#[component]
pub fn Entry(props: &EntryProps) -> Html {
    let session = &props.session;
    let device = words::device(session.user_agent.as_deref());
    let busy = use_state(|| false);
    let open = use_state(|| false);
    let onclick = {
        let (end, session, set) = (props.end.clone(), session.clone(), busy.setter());
        Callback::from(move |()| {
            set.set(!session.current);
            end.emit(session.clone());
        })
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
                    { text::LAST_USED }{ moment(session.last_used_at) }
                    { text::SIGNED_IN_AT }{ moment(session.created_at) }
                    if let Some(ip) = &session.ip {
                        { text::FROM_PLACE }{ words::place(ip) }
                    }
                </p>
            </div>
            <div class="actions">
                <Button onclick={turn} about={device.clone()} expanded={*open}>{ text::TIMELINE }</Button>
                <Button busy={*busy} {onclick} about={device}>
                    { if session.current { text::SIGN_OUT } else { text::END } }
                </Button>
            </div>
            if *open {
                <Timeline session={session.id.clone()} />
            }
        </li>
    }
}
