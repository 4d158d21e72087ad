//! The frame around every page, and which page it is.

use crate::component::{Connection, Header, Preferences, Toasts};
use crate::guard::RequireSession;
use crate::now::Ticks;
use crate::page::{
    Account, Events, Home, NotFound, Register, Sessions, SignIn, Token, Users, Welcome,
};
use crate::route::{Access, Route};
use crate::session::{SessionProvider, use_address, use_language};
use crate::words::text;
use client::Client;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AppProps {
    pub client: Client,
}

/// The app.
#[component]
pub fn App(props: &AppProps) -> Html {
    html! { <SessionProvider client={props.client.clone()}><Frame /></SessionProvider> }
}

/// Another language is another frame; only the choice of it stays, with the focus on it.
#[component]
fn Frame() -> Html {
    let (language, _) = use_language();
    let address = use_address();
    html! {
        <>
            <div class="contents" key={language.tag()}>
                <Ticks>
                    <Toasts>
                        <a class="skip-link" href="#main">{ text::SKIP }</a>
                        <Header />
                        <Connection />
                        <main id="main" tabindex="-1">{ guarded(address.route) }</main>
                    </Toasts>
                </Ticks>
            </div>
            <footer class="footer" key="footer">
                <div class="footer-row">
                    <p>{ text::TAGLINE }</p>
                    <Preferences />
                </div>
            </footer>
        </>
    }
}

/// The page of a route, behind the guard that the route's row asks for.
fn guarded(route: Route) -> Html {
    let inside = page(route);
    match route.access() {
        Access::Open => inside,
        Access::Session => html! { <RequireSession>{ inside }</RequireSession> },
        Access::May(may) => html! { <RequireSession {may}>{ inside }</RequireSession> },
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Welcome => html! { <Welcome /> },
        Route::Register => html! { <Register /> },
        Route::SignIn => html! { <SignIn /> },
        Route::Home => html! { <Home /> },
        Route::Account => html! { <Account /> },
        Route::Sessions => html! { <Sessions /> },
        Route::Token => html! { <Token /> },
        Route::Users => html! { <Users /> },
        Route::Events => html! { <Events /> },
        #[cfg(debug_assertions)]
        Route::Styleguide => html! { <crate::page::Styleguide /> },
        Route::NotFound => html! { <NotFound /> },
    }
}
