//! The look that ends each journey sees what it is for.

use e2e::{Stage, journey, until};

/// Where a token could stand, as the look calls it, and how it gets there.
const PLACES: [(&str, &str); 13] = [
    ("local holds", "localStorage.a = token"),
    ("session holds", "sessionStorage.a = token"),
    ("a cookie", "document.cookie = `a=${token}`"),
    ("a store", "indexedDB.open(token)"),
    (
        "window holds",
        "window.deep = { a: [new Map([[1, { token }]])] }",
    ),
    ("window holds", "document.kept = token"),
    ("name holds", "window.name = token"),
    ("title holds", "document.title = token"),
    ("page holds", "document.body.append(token.slice(-24))"),
    ("state holds", "history.replaceState({ token }, '')"),
    (
        "address holds",
        "history.replaceState(null, '', `#${token}`)",
    ),
    ("the history holds", "history.pushState(null, '', '/')"),
    ("the console holds", "console.log(token)"),
];

/// I-30: each place is looked at. The journey itself ends with what was planted.
#[tokio::test]
#[should_panic(expected = "alice: a cookie")]
async fn a_token_that_lies_open_is_found_wherever_it_is() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.sees_what_the_api_knows().await;
        let token = alice.access_token().await;
        let open = alice.what_lies_open().await;
        assert!(open.is_empty(), "nothing yet: {open:?}");
        for (place, plant) in PLACES {
            alice
                .run(&format!("const token = '{token}'; {plant}"))
                .await;
            until(&format!("the look finds {plant}"), async || {
                let open = alice.what_lies_open().await;
                open.iter()
                    .any(|found| found.starts_with(place))
                    .then_some(())
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "was led to")]
async fn a_request_to_somebody_else_is_found() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice.sees("Create account").await;
        let elsewhere = world.origin().replace("127.0.0.1", "localhost");
        alice.run(&format!("location.href = '{elsewhere}/'")).await;
        alice.sees("Create account").await;
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
            .run("document.body.setAttribute('style', 'color: red')")
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
