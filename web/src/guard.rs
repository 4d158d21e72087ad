//! Who may see what is inside. Guards spare people what they cannot use; the API does the guarding.

use crate::component::{Unreachable, page_skeleton};
use crate::next;
use crate::page::forbidden;
use crate::route::Route;
use crate::session::{Away, Session, use_session};
use client::Ending;
use shared::role::Permission;
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RequireSessionProps {
    pub children: Html,
}

/// Shows what is inside to whoever is signed in; all others come back here after signing in.
#[component]
pub fn RequireSession(props: &RequireSessionProps) -> Html {
    match use_session() {
        Session::Restoring => page_skeleton(),
        Session::Unreachable => html! { <Unreachable /> },
        Session::Away(away) => html! { <ToSignIn {away} /> },
        // Another person gets another page, not the first one's with their data in it.
        Session::Here(person) => html! {
            <div class="contents" key={person.user.id.clone()}>{ props.children.clone() }</div>
        },
    }
}

#[derive(Properties, PartialEq)]
pub struct RequirePermissionProps {
    pub permission: Permission,
    pub children: Html,
}

/// Shows what is inside to whoever may do that; tells all others that they may not.
#[component]
pub fn RequirePermission(props: &RequirePermissionProps) -> Html {
    let session = use_session();
    let may = session.person().map(|person| person.may(props.permission));
    let inside = if may == Some(false) {
        forbidden()
    } else {
        props.children.clone()
    };
    html! { <RequireSession>{ inside }</RequireSession> }
}

#[derive(Properties, PartialEq)]
struct ToSignInProps {
    away: Away,
}

#[component]
fn ToSignIn(props: &ToSignInProps) -> Html {
    let navigator = use_navigator().expect("BUG: guards are inside the router");
    let here = use_route::<Route>().unwrap_or(Route::Home);
    // Whoever left on purpose did not ask to come back.
    let left = props.away.ending == Some(Ending::SignedOut);
    use_effect_with((here, left), move |&(here, left)| {
        if left {
            navigator.replace(&Route::SignIn);
        } else {
            let sent = navigator.replace_with_query(&Route::SignIn, next::query(here));
            sent.expect("BUG: a path fits a query");
        }
    });
    page_skeleton()
}
