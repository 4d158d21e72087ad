//! The look that ends each journey sees what it is for.

use e2e::{Stage, journey};

#[tokio::test]
#[should_panic(expected = "alice: local holds")]
async fn a_token_in_storage_is_found() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        let token = alice.access_token().await;
        alice.run(&format!("localStorage.a = '{token}'")).await;
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "alice: page holds")]
async fn a_part_of_a_refresh_token_on_the_page_is_found() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let token = alice.refresh_token().await.expect("there is a cookie");
        let tag = &token[token.len() - 24..];
        alice.run(&format!("document.body.append('{tag}')")).await;
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "Content Security Policy")]
async fn a_breach_of_the_policy_is_found() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice.sees("Create account").await;
        alice
            .run("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
            .await;
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "for a moment")]
async fn a_page_that_flashes_is_found() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice.sees("Create account").await;
        alice
            .run(
                "const heading = document.querySelector('h1');
                 const before = heading.textContent;
                 heading.textContent = 'Sign in';
                 queueMicrotask(() => { heading.textContent = before; });",
            )
            .await;
        alice.never_saw_page("Sign in").await;
    })
    .await;
}
