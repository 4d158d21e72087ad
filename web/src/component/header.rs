use super::{RouteLink, brand};
use crate::route::Route;
use crate::router::Address;
use crate::session::{Person, Session, use_address, use_client, use_session};
use crate::words::text;
use shared::role::Permission;
use yew::prelude::*;

/// The head of every page: the name, where one can go, and the way out.
#[component]
pub fn Header() -> Html {
    let session = use_session();
    let address = use_address();
    let home = if session.person().is_some() {
        Route::Home
    } else {
        Route::Welcome
    };
    html! {
        <header class="header">
            <div class="header-row">
                <RouteLink class="brand" to={home}>{ brand() }{ text::BRAND }</RouteLink>
                {
                    match session {
                        Session::Restoring | Session::Unreachable => html! {},
                        Session::Away(_) | Session::Rejected(None, _) => doors(&address),
                        Session::Here(person)
                        | Session::Lapsed(person, _)
                        | Session::Rejected(Some(person), _) => html! { <Signed {person} /> },
                    }
                }
            </div>
        </header>
    }
}

fn doors(address: &Address) -> Html {
    // From one way in to the other, the way back is kept.
    let query = match address.route {
        Route::SignIn | Route::Register => AttrValue::from(address.query.clone()),
        _ => AttrValue::default(),
    };
    html! {
        <nav class="nav" aria-label={text::MAIN_NAVIGATION}>
            <RouteLink to={Route::SignIn} query={query.clone()}>{ Route::SignIn.label() }</RouteLink>
            <RouteLink class="nav-strong" to={Route::Register} {query}>{ Route::Register.label() }</RouteLink>
        </nav>
    }
}

#[derive(Properties, PartialEq)]
struct SignedProps {
    person: Person,
}

#[component]
fn Signed(props: &SignedProps) -> Html {
    let client = use_client();
    let onclick = Callback::from(move |_: MouseEvent| client.auth().logout());
    let link = |route: Route| html! { <RouteLink to={route}>{ route.label() }</RouteLink> };
    html! {
        <>
            <nav class="nav" aria-label={text::MAIN_NAVIGATION}>
                { link(Route::Home) }
                { link(Route::Sessions) }
                { link(Route::Token) }
                { link(Route::Account) }
                if props.person.may(Permission::ManageUsers) {
                    { link(Route::Users) }
                    { link(Route::Events) }
                }
            </nav>
            <div class="who">
                <bdi class="who-name">{ props.person.name() }</bdi>
                <button class="button button-small" type="button" {onclick}>{ text::SIGN_OUT }</button>
            </div>
        </>
    }
}
