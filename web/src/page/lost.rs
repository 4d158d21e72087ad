use crate::component::{Page, RouteLink};
use crate::route::Route;
use crate::session::use_session;
use yew::prelude::*;

/// There is no such page.
#[component]
pub fn NotFound() -> Html {
    let home = match use_session().person() {
        Some(_) => Route::Home,
        None => Route::Welcome,
    };
    html! {
        <Page title="Not found" class="page page-narrow">
            <p>{ "There is no page at this address. It may have moved, or the link may be mistyped." }</p>
            <div class="actions">
                <RouteLink class="button button-primary" to={home}>{ "Go to the start" }</RouteLink>
            </div>
        </Page>
    }
}

/// The person may not see this page. Signing in again would not help.
pub fn forbidden() -> Html {
    html! {
        <Page title="Not for you" class="page page-narrow">
            <p>{ "Your account may not open this page. If it should, ask an administrator for the role." }</p>
            <div class="actions">
                <RouteLink class="button button-primary" to={Route::Home}>{ "Go to your home" }</RouteLink>
            </div>
        </Page>
    }
}
