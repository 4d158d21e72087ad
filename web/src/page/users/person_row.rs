use super::action::Action;
use crate::component::{Button, RouteLink, Told, moment};
use crate::route::Route;
use crate::session::use_session;
use crate::words::{self, text};
use client::EventSearch;
use shared::admin::AdminUserView;
use shared::role::Role;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PersonRowProps {
    pub user: AdminUserView,
    pub act: Callback<(AdminUserView, Action)>,
    /// The button in this row whose work is under way.
    pub busy: Option<AttrValue>,
    /// Something in the list is under way.
    pub rests: bool,
}

/// One person, and what can be done about them.
#[component]
pub fn PersonRow(props: &PersonRowProps) -> Html {
    let user = &props.user;
    let session = use_session();
    let me = session
        .person()
        .is_some_and(|person| person.user.id == user.id);
    let button = |action: Action| {
        let (act, user) = (props.act.clone(), user.clone());
        let about = user.username.clone();
        let onclick = Callback::from(move |()| act.emit((user.clone(), action)));
        let busy = props.busy == Some(action.button(&props.user.id));
        html! {
            <Button {onclick} {about} {busy} disabled={props.rests}>{ action.label() }</Button>
        }
    };
    html! {
        <li class="row">
            <div class="row-main">
                <p class="row-title">
                    <bdi>{ user.display_name.as_ref().unwrap_or(&user.username) }</bdi>
                    if user.roles.contains(&Role::Admin) {
                        <span class="badge">{ text::ADMIN }</span>
                    }
                    if user.disabled {
                        <span class="badge badge-bad">{ text::DISABLED }</span>
                    }
                    if me {
                        <span class="badge badge-good">{ text::YOU }</span>
                    }
                </p>
                <p class="muted">
                    if user.display_name.is_some() {
                        { &user.username }{ " · " }
                    }
                    { words::sessions(user.live_sessions) }{ " · " }
                    { text::JOINED }{ moment(user.created_at, Told::Age) }
                </p>
            </div>
            <div class="actions">
                <RouteLink to={Route::Events} query={events_of(user)} class="button">
                    { text::WHAT_HAPPENED }
                    <span class="visually-hidden">{ " " }{ &user.username }</span>
                </RouteLink>
                // Nobody can take away their own role or account by a slip.
                if !me {
                    { for Action::of(user).into_iter().map(button) }
                }
            </div>
        </li>
    }
}

fn events_of(user: &AdminUserView) -> String {
    let search = EventSearch {
        user: Some(user.id.clone()),
        ..EventSearch::default()
    };
    search.query()
}
