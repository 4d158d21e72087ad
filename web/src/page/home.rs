use crate::component::{Button, Page, lines, load_failed, moment, roles};
use crate::load::{Load, use_load};
use crate::session::{Person, use_session};
use crate::words;
use shared::role::Permission;
use shared::sign_in::TokenFacts;
use yew::prelude::*;

/// Who am I, and what may I.
#[component]
pub fn Home() -> Html {
    let session = use_session();
    let Some(person) = session.person() else {
        return html! {};
    };
    html! {
        <Page title={["Hello, ", person.name()].concat()} tab="Home" class="page page-grid">
            { who(person) }
            <Token />
        </Page>
    }
}

fn who(person: &Person) -> Html {
    let user = &person.user;
    html! {
        <section class="card" aria-labelledby="who">
            <h2 id="who">{ "Who you are" }</h2>
            <dl class="facts">
                <div><dt>{ "Username" }</dt><dd>{ &user.username }</dd></div>
                <div><dt>{ "Member since" }</dt><dd>{ moment(user.created_at) }</dd></div>
                <div><dt>{ "Roles" }</dt><dd>{ roles(&user.roles) }</dd></div>
            </dl>
            <h3>{ "What you may do" }</h3>
            <ul class="ticks">
                { allowed(person, Permission::OwnAccount, "See and change your own account and sessions") }
                { allowed(person, Permission::ManageUsers, "Look after other people's accounts") }
            </ul>
        </section>
    }
}

fn allowed(person: &Person, permission: Permission, what: &'static str) -> Html {
    let may = person.may(permission);
    let (class, word) = if may {
        ("tick", "Yes: ")
    } else {
        ("cross", "No: ")
    };
    html! { <li {class}><span class="visually-hidden">{ word }</span>{ what }</li> }
}

/// What the API itself reads from the token of this call.
#[component]
fn Token() -> Html {
    let facts = use_load((), async |api, ()| api.session().await);
    html! {
        <section class="card" aria-labelledby="token">
            <h2 id="token">{ "What your token says" }</h2>
            {
                match &facts.now {
                    Load::Loading => lines(4),
                    Load::Ready(facts) => says(facts),
                    Load::Failed(error) => load_failed(error, &facts.again),
                }
            }
            if matches!(facts.now, Load::Ready(_)) {
                <div class="actions">
                    <Button onclick={facts.again.clone()}>{ "Ask the API again" }</Button>
                </div>
            }
        </section>
    }
}

fn says(facts: &TokenFacts) -> Html {
    let TokenFacts {
        sub,
        sid,
        roles: held,
        expires_in,
    } = facts;
    let left = words::span(*expires_in);
    html! {
        <dl class="facts" aria-live="polite">
            <div><dt>{ "Subject" }</dt><dd><code>{ sub }</code></dd></div>
            <div><dt>{ "Session" }</dt><dd><code>{ sid }</code></dd></div>
            <div><dt>{ "Roles" }</dt><dd>{ roles(held) }</dd></div>
            <div><dt>{ "Good for" }</dt><dd>{ left }</dd></div>
        </dl>
    }
}
