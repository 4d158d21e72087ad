use crate::component::{Page, RouteLink};
use crate::route::Route;
use crate::session::{Session, use_session};
use yew::prelude::*;

/// What this is, and the two ways in.
#[component]
pub fn Welcome() -> Html {
    let session = use_session();
    html! {
        <Page
            title="Stay signed in. Keep nothing worth stealing."
            lead="Countersign signs people in with a token that lives for minutes and a secret that \
                  changes each time it is used. A copy of it gives itself away."
            tab="Welcome"
            class="page welcome"
        >
            { doors(&session) }
            { seal() }
            <ol class="steps">
                { step("The access token", "memory, minutes", "Opens the API. It lives in this page's memory and is gone when the page is.") }
                { step("The refresh secret", "cookie, days", "Brings the next access token. Scripts cannot read it, and it is replaced at every use.") }
                { step("The countersign", "one look", "A spent secret that comes again betrays a copy: the session ends, everywhere, at once.") }
            </ol>
        </Page>
    }
}

fn doors(session: &Session) -> Html {
    html! {
        <div class="actions">
            {
                match session {
                    Session::Here(_) | Session::Lapsed(..) => html! {
                        <RouteLink class="button button-primary" to={Route::Home}>{ "Go to your home" }</RouteLink>
                    },
                    Session::Away(_) => html! {
                        <>
                            <RouteLink class="button button-primary" to={Route::Register}>{ "Create account" }</RouteLink>
                            <RouteLink class="button" to={Route::SignIn}>{ "Sign in" }</RouteLink>
                        </>
                    },
                    Session::Restoring | Session::Unreachable => html! {
                        <div class="bone bone-button" aria-hidden="true"></div>
                    },
                }
            }
        </div>
    }
}

/// The mark in a rosette, as on a banknote: easy to know, hard to copy.
fn seal() -> Html {
    const PETALS: u32 = 24;
    let petal = |index: u32| {
        let turn = (index * 180 / PETALS).to_string();
        let transform = ["rotate(", turn.as_str(), " 100 100)"].concat();
        html! { <ellipse class="seal-line" cx="100" cy="100" rx="98" ry="62" {transform} /> }
    };
    html! {
        <svg class="seal" viewBox="0 0 200 200" aria-hidden="true" focusable="false">
            { for (0..PETALS).map(petal) }
            <path class="seal-ring" d="M132.3 77.4A40 40 0 1 0 140 101" />
            <path class="seal-stroke" d="M82 102l16 16L142 66" />
        </svg>
    }
}

fn step(title: &'static str, tag: &'static str, words: &'static str) -> Html {
    html! {
        <li class="step">
            <h2>{ title }</h2>
            <p class="tag">{ tag }</p>
            <p>{ words }</p>
        </li>
    }
}
