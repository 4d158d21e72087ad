mod display_name;
mod password;

use crate::component::{Button, Kind, Page, Question, confirm};
use crate::session::use_client;
use display_name::DisplayNameForm;
use password::PasswordForm;
use yew::prelude::*;

/// One's own account.
#[component]
pub fn Account() -> Html {
    html! {
        <Page title="Account" lead="What others see of you, and what keeps them out.">
            <section class="card card-split" aria-labelledby="profile">
                <div class="card-about">
                    <h2 id="profile">{ "Profile" }</h2>
                    <p class="muted">{ "Your username stays; what you are called is yours to choose." }</p>
                </div>
                <DisplayNameForm />
            </section>
            <section class="card card-split" aria-labelledby="change-password">
                <div class="card-about">
                    <h2 id="change-password">{ "Password" }</h2>
                    <p class="muted">{ "A new password ends all your other sessions. This one stays." }</p>
                </div>
                <PasswordForm />
            </section>
            <section class="card card-split" aria-labelledby="everywhere">
                <div class="card-about">
                    <h2 id="everywhere">{ "Every device" }</h2>
                    <p class="muted">{ "Ends every session of yours, on every device, this one too." }</p>
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
        title: "Sign out everywhere?".into(),
        text: "You will have to sign in again on each of your devices.".into(),
        action: "Sign out everywhere".into(),
    };
    html! {
        <>
            <Button kind={Kind::Danger} {onclick}>{ "Sign out everywhere" }</Button>
            if *asking {
                { confirm(&question, &onanswer) }
            }
        </>
    }
}
