use crate::component::{
    Button, Field, Kind, Page, RouteLink, Secret, Unreachable, form_alert, page_skeleton,
};
use crate::form::{Form, use_form};
use crate::next;
use crate::route::Route;
use crate::router;
use crate::session::{Session, use_address, use_client, use_session};
use crate::words::{self, text};
use shared::auth;
use shared::error_code::ErrorCode;
use shared::password::Password;
use yew::prelude::*;

/// The session; whoever is signed in goes on to where they wanted to be.
#[hook]
pub fn use_way_in() -> Session {
    let session = use_session();
    let query = use_address().query;
    let here = session.person().is_some();
    use_effect_with(here, move |&here| {
        if here {
            let (page, query) = next::target(&query);
            router::replace(page, &query);
        }
    });
    session
}

/// A new account.
#[component]
pub fn Register() -> Html {
    // The way back is kept, whichever of the two ways in is taken.
    let query = use_address().query;
    match use_way_in() {
        Session::Away(_) | Session::Rejected(None, _) => html! {
            <Page title={text::CREATE_AN_ACCOUNT} class="page page-form">
                <div class="card"><RegisterForm /></div>
                <p class="aside">
                    { text::ALREADY }
                    <RouteLink to={Route::SignIn} {query}>{ text::SIGN_IN }</RouteLink>
                </p>
            </Page>
        },
        Session::Unreachable => html! { <Unreachable /> },
        Session::Restoring
        | Session::Here(_)
        | Session::Lapsed(..)
        | Session::Rejected(Some(_), _) => page_skeleton(),
    }
}

#[component]
fn RegisterForm() -> Html {
    let client = use_client();
    let form = use_form();
    let advice = use_state(|| words::strength("", ""));
    let feedback = (*form.feedback).clone();
    let node = form.node.clone();
    let set = advice.setter();
    let advise = Callback::from(move |form: Form| {
        set.set(words::strength(
            &form.value("password"),
            &form.value("username"),
        ));
    });
    let (oninput, onchange) = (form.edited(advise.clone()), form.edited(advise));
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let account = auth::Register {
            username: form.value("username"),
            password: Password::new(form.value("password")),
        };
        let auth = client.auth();
        form.submit(account, at_field, async move |account| {
            auth.register(&account).await
        });
    });
    html! {
        <form ref={node} {onsubmit} {oninput} {onchange} novalidate={true}>
            <Field name="username" label={text::USERNAME} autocomplete="username"
                hint={text::USERNAME_HINT}
                error={feedback.at("username")} />
            <Secret name="password" label={text::PASSWORD} autocomplete="new-password"
                hint={(*advice).clone()}
                error={feedback.at("password")} />
            <Button kind={Kind::Submit} busy={feedback.busy}>{ text::CREATE_ACCOUNT }</Button>
            { form_alert(feedback.alert.as_ref()) }
        </form>
    }
}

fn at_field(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    (code == ErrorCode::UsernameTaken).then(|| ("username", text::USERNAME_TAKEN.say()))
}
