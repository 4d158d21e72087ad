use crate::component::{Button, moment};
use crate::words;
use shared::session::Session;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct EntryProps {
    pub session: Session,
    pub end: Callback<Session>,
}

/// One session: what it runs on, where, and since when.
#[component]
pub fn Entry(props: &EntryProps) -> Html {
    let session = &props.session;
    let device = words::device(session.user_agent.as_deref());
    let busy = use_state(|| false);
    let onclick = {
        let (end, session, set) = (props.end.clone(), session.clone(), busy.setter());
        Callback::from(move |()| {
            set.set(!session.current);
            end.emit(session.clone());
        })
    };
    html! {
        <li class="row">
            <div class="row-main">
                <p class="row-title">
                    { device.clone() }
                    if session.current {
                        <span class="badge badge-good">{ "This browser" }</span>
                    }
                </p>
                <p class="muted">
                    { "Last used " }{ moment(session.last_used_at) }
                    { ", signed in " }{ moment(session.created_at) }
                    if let Some(ip) = &session.ip {
                        { ", from " }{ ip }
                    }
                </p>
            </div>
            <Button busy={*busy} {onclick} about={device}>
                { if session.current { "Sign out" } else { "End" } }
            </Button>
        </li>
    }
}
