//! Who may see what is inside. Guards spare people what they cannot use; the API does the guarding.

use crate::component::{SignInAgain, Unreachable, page_skeleton, rejected_over, rejected_page};
use crate::next;
use crate::page::forbidden;
use crate::route::Route;
use crate::router;
use crate::session::{Away, Person, Session, use_address, use_client, use_session};
use client::SignOutReason;
use shared::role::Permission;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RequireSessionProps {
    /// What they must also be allowed; who is not is told so.
    #[prop_or_default]
    pub may: Option<Permission>,
    pub children: Html,
}

/// Shows what is inside to whoever is signed in; all others come back here after signing in.
///
/// Whose session runs out meanwhile keeps their place: the page stays, and they sign in over it.
#[component]
pub fn RequireSession(props: &RequireSessionProps) -> Html {
    let session = use_session();
    let client = use_client();
    let held = session.person().is_some();
    let keeper = client.clone();
    // Kept while it is drawn, not after: a call of the page may be refused before that.
    let _place = use_memo(held, move |&held| held.then(|| keeper.hold_page()));
    let lacks = |permission| {
        session
            .person()
            .is_some_and(|person| !person.may(permission))
    };
    let inside = if props.may.is_some_and(lacks) {
        forbidden()
    } else {
        props.children.clone()
    };
    match session {
        Session::Restoring => page_skeleton(),
        Session::Unreachable => html! { <Unreachable /> },
        Session::Rejected(None, error) => rejected_page(&client, &error),
        Session::Rejected(Some(person), error) => {
            let over = rejected_over(&client, person.user.username.clone(), &error);
            place_of(&person, inside, Some(over))
        }
        Session::Away(away) => html! { <ToSignIn {away} /> },
        Session::Here(person) => place_of(&person, inside, None),
        Session::Lapsed(person, away) => {
            let username = person.user.username.clone();
            let again = away.map(|away| html! { <SignInAgain {username} {away} /> });
            place_of(&person, inside, Some(again.unwrap_or_default()))
        }
    }
}

/// The page, inert while something is over it. Another person gets another page, not the first one's with their data in it.
fn place_of(person: &Person, inside: Html, over: Option<Html>) -> Html {
    let class = if over.is_some() {
        "contents lapsed"
    } else {
        "contents"
    };
    html! {
        <>
            <div
                key={person.user.id.clone()}
                {class}
                inert={over.is_some()}
            >
                { inside }
            </div>
            <div key="over" class="contents">{ over.unwrap_or_default() }</div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ToSignInProps {
    away: Away,
}

#[component]
fn ToSignIn(props: &ToSignInProps) -> Html {
    let here = use_address();
    // Whoever left on purpose did not ask to come back.
    let left = props.away.ending == Some(SignOutReason::SignedOut);
    use_effect_with((here, left), move |(here, left)| {
        let query = if *left {
            String::new()
        } else {
            next::query(here)
        };
        router::replace(Route::SignIn, &query);
    });
    page_skeleton()
}
