use crate::component::{Button, Field, Kind, Page, Secret, Tone, form_alert, lines, notice, roles};
use crate::words::text;
use shared::role::Role;
use yew::prelude::*;

/// Every component on one page; only development builds have it.
#[component]
pub fn Styleguide() -> Html {
    html! {
        <Page title={text::BRAND} lead={text::TAGLINE}>
            <section class="card">
                <div class="actions">
                    <Button kind={Kind::Submit}>{ text::SIGN_IN }</Button>
                    <Button>{ text::CANCEL }</Button>
                    <Button kind={Kind::Danger}>{ text::END_OTHERS }</Button>
                    <Button busy=true>{ text::LOADING }</Button>
                    <Button disabled=true>{ text::TRY_NOW }</Button>
                </div>
                <span class="badges">
                    <span class="badge">{ text::TOKEN }</span>
                    <span class="badge badge-good">{ text::THIS_TAB }</span>
                    <span class="badge badge-bad">{ text::EXPIRED }</span>
                    { roles(&Role::ALL) }
                </span>
            </section>
            <form class="card">
                { form_alert(Some(&text::USERNAME_TAKEN.into())) }
                <Field name="plain" label={text::USERNAME} autocomplete="off"
                    hint={text::USERNAME_HINT} />
                <Secret name="wrong" label={text::PASSWORD} autocomplete="off"
                    hint={text::PASSWORD_ADVICE} error={text::PASSWORD_KEPT} />
            </form>
            { notice(Tone::Info, text::AGAIN_KEPT) }
            { notice(Tone::Good, text::SESSION_HAS_ENDED) }
            { notice(Tone::Bad, text::OFFLINE_AWAY) }
            <div class="card">{ lines(4) }</div>
            <p class="card empty">{ text::NOTHING_HAPPENED }</p>
        </Page>
    }
}
