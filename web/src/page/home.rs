use crate::component::{Button, Page, Told, lines, load_failed, moment, roles};
use crate::load::{Load, use_load};
use crate::session::{Person, use_session};
use crate::words::{self, text};
use shared::auth::TokenInfo;
use shared::role::Permission;
use yew::prelude::*;

/// Who am I, and what may I.
#[component]
pub fn Home() -> Html {
    let session = use_session();
    let Some(person) = session.person() else {
        return html! {};
    };
    html! {
        <Page title={text::HELLO.fill(&[person.name()])} tab={text::HOME} class="page page-grid">
            { who(person) }
            <Token />
        </Page>
    }
}

fn who(person: &Person) -> Html {
    let user = &person.user;
    html! {
        <section class="card" aria-labelledby="who">
            <h2 id="who">{ text::WHO_YOU_ARE }</h2>
            <dl class="facts">
                <div><dt>{ text::USERNAME }</dt><dd>{ &user.username }</dd></div>
                <div><dt>{ text::MEMBER_SINCE }</dt><dd>{ moment(user.created_at, Told::Day) }</dd></div>
                <div><dt>{ text::ROLES }</dt><dd>{ roles(&user.roles) }</dd></div>
            </dl>
            <h3>{ text::WHAT_YOU_MAY }</h3>
            <ul class="ticks">
                { allowed(person, Permission::OwnAccount, text::MAY_OWN) }
                { allowed(person, Permission::ManageUsers, text::MAY_MANAGE) }
            </ul>
        </section>
    }
}

fn allowed(person: &Person, permission: Permission, what: text::Text) -> Html {
    let may = person.may(permission);
    let (class, word) = if may {
        ("tick", text::YES)
    } else {
        ("cross", text::NO)
    };
    html! { <li {class}><span class="visually-hidden">{ word }</span>{ what }</li> }
}

/// What the API itself reads from the token of this call.
#[component]
fn Token() -> Html {
    let facts = use_load((), async |api, ()| api.session().await);
    html! {
        <section class="card" aria-labelledby="token">
            <h2 id="token">{ text::TOKEN_SAYS }</h2>
            {
                match &facts.now {
                    Load::Loading => lines(4),
                    Load::Ready(facts) => says(facts),
                    Load::Failed(error) => load_failed(error, &facts.again),
                }
            }
            if matches!(facts.now, Load::Ready(_)) {
                <div class="actions">
                    <Button onclick={facts.again.clone()}>{ text::ASK_AGAIN }</Button>
                </div>
            }
        </section>
    }
}

fn says(facts: &TokenInfo) -> Html {
    let TokenInfo {
        sub,
        sid,
        roles: held,
        expires_in,
    } = facts;
    let left = words::span(*expires_in);
    html! {
        <dl class="facts" aria-live="polite">
            <div><dt>{ text::SUBJECT }</dt><dd><code>{ sub }</code></dd></div>
            <div><dt>{ text::SESSION }</dt><dd><code>{ sid }</code></dd></div>
            <div><dt>{ text::ROLES }</dt><dd>{ roles(held) }</dd></div>
            <div><dt>{ text::GOOD_FOR }</dt><dd>{ left }</dd></div>
        </dl>
    }
}
