//! The frame around every page, and which page it is.

use crate::component::{Connection, Header};
use crate::guard::{RequirePermission, RequireSession};
use crate::page::{Account, Home, NotFound, Register, Sessions, SignIn, Users, Welcome};
use crate::route::Route;
use crate::session::SessionProvider;
use client::Client;
use shared::role::Permission;
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AppProps {
    pub client: Client,
}

/// The app.
#[component]
pub fn App(props: &AppProps) -> Html {
    html! {
        <SessionProvider client={props.client.clone()}>
            <BrowserRouter>
                <a class="skip-link" href="#main">{ "Skip to content" }</a>
                <Header />
                <Connection />
                <main id="main" tabindex="-1">
                    <Switch<Route> render={page} />
                </main>
                <footer class="footer">
                    <p>{ "Countersign. One short-lived token in memory, one rotating secret in a cookie." }</p>
                </footer>
            </BrowserRouter>
        </SessionProvider>
    }
}

/// The page of a route, behind its guard.
pub fn page(route: Route) -> Html {
    match route {
        Route::Welcome => html! { <Welcome /> },
        Route::Register => html! { <Register /> },
        Route::SignIn => html! { <SignIn /> },
        Route::Home => html! { <RequireSession><Home /></RequireSession> },
        Route::Account => html! { <RequireSession><Account /></RequireSession> },
        Route::Sessions => html! { <RequireSession><Sessions /></RequireSession> },
        Route::Users => html! {
            <RequirePermission permission={Permission::ManageUsers}><Users /></RequirePermission>
        },
        Route::NotFound => html! { <NotFound /> },
    }
}
