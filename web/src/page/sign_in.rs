use super::register::use_way_in;
use crate::component::{
    Button, Field, Kind, Page, RouteLink, Secret, Tone, Unreachable, form_alert, notice,
    page_skeleton,
};
use crate::form::use_form;
use crate::route::Route;
use crate::session::{Away, Session, use_client};
use shared::password::Password;
use shared::sign_in::Login;
use yew::prelude::*;

/// Name and password, and why one is asked for them.
#[component]
pub fn SignIn() -> Html {
    match use_way_in() {
        Session::Away(away) => html! {
            <Page title="Sign in" class="page page-form">
                <div class="card">
                    { why(away) }
                    <SignInForm />
                </div>
                <p class="aside">
                    { "New here? " }
                    <RouteLink to={Route::Register}>{ "Create an account" }</RouteLink>
                </p>
            </Page>
        },
        Session::Unreachable => html! { <Unreachable /> },
        Session::Restoring | Session::Here(_) => page_skeleton(),
    }
}

/// Why one is here.
fn why(away: Away) -> Html {
    let pending = "The server has not heard of it yet; this browser tells it as soon as it can.";
    let words = match (away.ending, away.leaving) {
        (None, false) => return Html::default(),
        (None, true) => ["You signed out. ", pending].concat(),
        (Some(ending), false) => ending.text().to_owned(),
        (Some(ending), true) => [ending.text(), " ", pending].concat(),
    };
    notice(Tone::Info, words)
}

#[component]
fn SignInForm() -> Html {
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
            let login = Login {
                username: (*username).clone(),
                password: Password::new(password.as_str()),
            };
            let auth = client.auth();
            form.submit(login, |_| None, async move |login| auth.login(&login).await);
        })
    };
    html! {
        <form ref={node} {onsubmit} novalidate={true}>
            { form_alert(feedback.alert.as_ref()) }
            <Field name="username" label="Username" autocomplete="username" text={username}
                error={feedback.at("username")} />
            <Secret name="password" label="Password" autocomplete="current-password" text={password}
                error={feedback.at("password")} />
            <Button kind={Kind::Submit} busy={feedback.busy}>{ "Sign in" }</Button>
        </form>
    }
}
