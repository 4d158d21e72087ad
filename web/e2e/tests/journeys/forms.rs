//! What stands in a field is what is sent, however it came there.

use e2e::{Person, Stage, journey};

const WRITTEN: &str = "return ['username', 'password'].map((name) => {
    const { value } = document.querySelector(`[name=${name}]`);
    return name === 'password' ? value.length > 0 : value;
}).join(' ')";
const ERRORS: &str = "return [...document.querySelectorAll('.field-error')]
    .map(({ textContent }) => textContent).join(' ')";
const NEW: &str = "quartz meadow bicycle 83";

async fn fills_both(person: &Person, password: &str, event: Option<&str>) {
    person.has_written("username", &person.name, event).await;
    person.has_written("password", password, event).await;
}

#[tokio::test]
async fn what_a_password_manager_wrote_into_a_sign_in_counts() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/register").await;
        alice.sees_page("Create an account").await;
        fills_both(&alice, &alice.password, None).await;
        alice.submits("Create account").await;
        alice.is_home().await;

        for event in [None, Some("change"), Some("input")] {
            alice.signs_out().await;
            // A refusal leaves what was written where it is.
            fills_both(&alice, "not her password", event).await;
            alice.submits("Sign in").await;
            alice.sees("Name or password is wrong").await;
            alice.finds(WRITTEN, "alice true").await;
            fills_both(&alice, &alice.password, event).await;
            alice.submits("Sign in").await;
            alice.is_home().await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_password_manager_wrote_into_any_form_counts() {
    const NAME: &str = "return document.querySelector('#display_name')?.value ?? ''";
    let stage = Stage::one_binary().with("ACCESS_TOKEN_TTL", "5s");
    journey(stage, async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Account").await;
        alice
            .has_written("display_name", "Alice the unheard", None)
            .await;
        alice.submits("Save").await;
        alice.sees("Saved.").await;
        alice.clicks("Home").await;
        alice.sees_page("Hello, Alice the unheard").await;

        alice.clicks("Account").await;
        alice
            .has_written("current_password", &alice.password, None)
            .await;
        alice.has_written("new_password", NEW, Some("change")).await;
        alice.sees("Long enough.").await;
        alice.submits("Change password").await;
        alice.sees("Your password is changed.").await;

        alice.loses_their_cookies().await;
        alice.sees("Sign in to go on").await;
        alice.has_written("password", NEW, None).await;
        alice.submits("Sign in").await;
        alice.no_longer_sees("Sign in to go on").await;
        alice.finds(NAME, "Alice the unheard").await;
    })
    .await;
}

#[tokio::test]
async fn what_was_said_of_a_field_goes_with_its_next_input() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/register").await;
        alice.sees_page("Create an account").await;
        alice.fills("Password", "short").await;
        alice.submits("Create account").await;
        alice
            .finds(ERRORS, "This is needed. This is too short.")
            .await;
        alice.has_the_focus_on("Username").await;
        alice.fills("Password", &alice.password).await;
        alice.finds(ERRORS, "This is needed.").await;
        alice.sees("Long enough.").await;
        alice.has_the_focus_on("Password").await;
        alice
            .has_written("username", &alice.name, Some("change"))
            .await;
        alice.finds(ERRORS, "").await;
        alice.submits("Create account").await;
        alice.is_home().await;
    })
    .await;
}
