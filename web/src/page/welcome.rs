use crate::component::{Page, RouteLink};
use crate::route::Route;
use crate::session::{Session, use_session};
use crate::words::text::{self, Text};
use yew::prelude::*;

/// What this is, and the two ways in.
#[component]
pub fn Welcome() -> Html {
    let session = use_session();
    html! {
        <Page
            title={text::HEADLINE}
            lead={text::WELCOME_LEAD}
            tab={text::WELCOME}
            class="page welcome"
        >
            { doors(&session) }
            { seal() }
            <ol class="steps">
                { step(text::ACCESS_TOKEN, text::ACCESS_TOKEN_TAG, text::ACCESS_TOKEN_TEXT) }
                { step(text::REFRESH_SECRET, text::REFRESH_SECRET_TAG, text::REFRESH_SECRET_TEXT) }
                { step(text::COUNTERSIGN, text::COUNTERSIGN_TAG, text::COUNTERSIGN_TEXT) }
            </ol>
        </Page>
    }
}

fn doors(session: &Session) -> Html {
    html! {
        <div class="actions">
            {
                match session {
                    Session::Here(_) | Session::Lapsed(..) | Session::Rejected(Some(_), _) => html! {
                        <RouteLink class="button button-primary" to={Route::Home}>{ text::TO_HOME }</RouteLink>
                    },
                    Session::Away(_) | Session::Rejected(None, _) => html! {
                        <>
                            <RouteLink class="button button-primary" to={Route::Register}>{ text::CREATE_ACCOUNT }</RouteLink>
                            <RouteLink class="button" to={Route::SignIn}>{ text::SIGN_IN }</RouteLink>
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

fn step(title: Text, tag: Text, words: Text) -> Html {
    html! {
        <li class="step">
            <h2>{ title }</h2>
            <p class="tag">{ tag }</p>
            <p>{ words }</p>
        </li>
    }
}
