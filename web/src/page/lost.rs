use crate::component::{Page, RouteLink};
use crate::route::Route;
use crate::session::use_session;
use crate::words::text;
use yew::prelude::*;

/// There is no such page.
#[component]
pub fn NotFound() -> Html {
    let home = match use_session().person() {
        Some(_) => Route::Home,
        None => Route::Welcome,
    };
    html! {
        <Page title={text::NOT_FOUND} class="page page-narrow">
            <p>{ text::NOT_FOUND_TEXT }</p>
            <div class="actions">
                <RouteLink class="button button-primary" to={home}>{ text::TO_START }</RouteLink>
            </div>
        </Page>
    }
}

/// The person may not see this page. Signing in again would not help.
pub fn forbidden() -> Html {
    html! {
        <Page title={text::NOT_FOR_YOU} class="page page-narrow">
            <p>{ text::NOT_FOR_YOU_TEXT }</p>
            <div class="actions">
                <RouteLink class="button button-primary" to={Route::Home}>{ text::TO_HOME }</RouteLink>
            </div>
        </Page>
    }
}
