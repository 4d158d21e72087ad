mod display_name;
mod password;

use crate::component::{Button, Kind, Page, Question, confirm};
use crate::session::use_client;
use crate::words::text;
use display_name::DisplayNameForm;
use password::PasswordForm;
use yew::prelude::*;

/// One's own account.
#[component]
pub fn Account() -> Html {
    html! {
        <Page title={text::ACCOUNT} lead={text::ACCOUNT_LEAD}>
            <section class="card card-split" aria-labelledby="profile">
                <div class="card-about">
                    <h2 id="profile">{ text::PROFILE }</h2>
                    <p class="muted">{ text::PROFILE_ABOUT }</p>
                </div>
                <DisplayNameForm />
            </section>
            <section class="card card-split" aria-labelledby="change-password">
                <div class="card-about">
                    <h2 id="change-password">{ text::PASSWORD }</h2>
                    <p class="muted">{ text::PASSWORD_ABOUT }</p>
                </div>
                <PasswordForm />
            </section>
            <section class="card card-split" aria-labelledby="everywhere">
                <div class="card-about">
                    <h2 id="everywhere">{ text::EVERY_DEVICE }</h2>
                    <p class="muted">{ text::EVERY_DEVICE_ABOUT }</p>
                </div>
                <div><Everywhere /></div>
            </section>
        </Page>
    }
}

#[component]
fn Everywhere() -> Html {
    let client = use_client();
    let asking = use_state(|| false);
    let ask = asking.setter();
    let onclick = Callback::from(move |()| ask.set(true));
    let done = asking.setter();
    let onanswer = Callback::from(move |yes: bool| {
        done.set(false);
        if yes {
            client.auth().logout_everywhere();
        }
    });
    let question = Question {
        title: text::SIGN_OUT_EVERYWHERE_QUESTION.into(),
        text: text::SIGN_OUT_EVERYWHERE_TEXT.into(),
        action: text::SIGN_OUT_EVERYWHERE.into(),
    };
    html! {
        <>
            <Button kind={Kind::Danger} {onclick}>{ text::SIGN_OUT_EVERYWHERE }</Button>
            if *asking {
                { confirm(&question, &onanswer) }
            }
        </>
    }
}
