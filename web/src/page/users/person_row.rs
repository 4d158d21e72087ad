use super::action::Action;
use crate::component::{Button, RouteLink, moment};
use crate::route::Route;
use crate::session::use_session;
use crate::words::{self, text};
use shared::admin::AdminUserView;
use shared::role::Role;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PersonRowProps {
    pub user: AdminUserView,
    pub act: Callback<(AdminUserView, Action)>,
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
        html! { <Button {onclick} {about}>{ action.label() }</Button> }
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
                    { words::count(user.live_sessions.into(), words::SESSIONS) }
                    { text::SINCE }{ moment(user.created_at) }
                </p>
            </div>
            <div class="actions">
                <RouteLink to={Route::Events} query={["?user=", &user.id].concat()} class="button">
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
