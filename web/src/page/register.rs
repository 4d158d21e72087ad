use crate::component::{
    Button, Field, Kind, Page, RouteLink, Secret, Unreachable, form_alert, page_skeleton,
};
use crate::form::use_form;
use crate::next;
use crate::route::Route;
use crate::session::{Session, use_client, use_session};
use shared::code::ErrorCode;
use shared::password::Password;
use shared::sign_in;
use yew::prelude::*;
use yew_router::prelude::*;

/// The session; whoever is signed in goes on to where they wanted to be.
#[hook]
pub fn use_way_in() -> Session {
    let session = use_session();
    let navigator = use_navigator().expect("BUG: pages are inside the router");
    let query = use_location().map(|location| location.query_str().to_owned());
    let here = session.person().is_some();
    use_effect_with(here, move |&here| {
        if here {
            navigator.replace(&next::target(query.as_deref().unwrap_or("")));
        }
    });
    session
}

/// A new account.
#[component]
pub fn Register() -> Html {
    match use_way_in() {
        Session::Away(_) => html! {
            <Page title="Create an account" class="page page-form">
                <div class="card"><RegisterForm /></div>
                <p class="aside">
                    { "Already have one? " }
                    <RouteLink to={Route::SignIn}>{ "Sign in" }</RouteLink>
                </p>
            </Page>
        },
        Session::Unreachable => html! { <Unreachable /> },
        Session::Restoring | Session::Here(_) => page_skeleton(),
    }
}

#[component]
fn RegisterForm() -> Html {
    let client = use_client();
    let form = use_form();
    let username = use_state(String::new);
    let password = use_state(String::new);
    let feedback = (*form.feedback).clone();
    let node = form.node.clone();
    let onsubmit = {
        let (username, password) = (username.clone(), password.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let account = sign_in::Register {
                username: (*username).clone(),
                password: Password::new(password.as_str()),
            };
            let auth = client.auth();
            form.submit(account, at_field, async move |account| {
                auth.register(&account).await
            });
        })
    };
    html! {
        <form ref={node} {onsubmit} novalidate={true}>
            { form_alert(feedback.alert.as_ref()) }
            <Field name="username" label="Username" autocomplete="username" text={username}
                hint="3 to 32 letters, digits, dots, dashes or underscores. Others can see it."
                error={feedback.at("username")} />
            <Secret name="password" label="Password" autocomplete="new-password" text={password}
                hint="At least 12 characters. A few words that do not belong together are best."
                error={feedback.at("password")} />
            <Button kind={Kind::Submit} busy={feedback.busy}>{ "Create account" }</Button>
        </form>
    }
}

fn at_field(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    let taken = "Somebody has this name. Please choose another.";
    (code == ErrorCode::UsernameTaken).then_some(("username", taken))
}
