use super::register::use_way_in;
use crate::component::{
    Page, RouteLink, SignInForm, Unreachable, page_skeleton, rejected_page, why,
};
use crate::route::Route;
use crate::session::{Session, use_address, use_client};
use crate::words::text;
use yew::prelude::*;

/// Name and password, and why one is asked for them.
#[component]
pub fn SignIn() -> Html {
    // The way back is kept, whichever of the two ways in is taken.
    let query = use_address().query;
    let client = use_client();
    match use_way_in() {
        Session::Away(away) => html! {
            <Page title={text::SIGN_IN} class="page page-form">
                <div class="card">
                    { why(away) }
                    <SignInForm />
                </div>
                <p class="aside">
                    { text::NEW_HERE }
                    <RouteLink to={Route::Register} {query}>{ text::CREATE_AN_ACCOUNT }</RouteLink>
                </p>
            </Page>
        },
        Session::Rejected(None, error) => rejected_page(&client, &error),
        Session::Unreachable => html! { <Unreachable /> },
        Session::Restoring
        | Session::Here(_)
        | Session::Lapsed(..)
        | Session::Rejected(Some(_), _) => page_skeleton(),
    }
}
