//! How soon a page shows something, and how soon it can be used. The figures are printed, not
//! judged: they are this machine's. `cargo xtask e2e --shipped --only how_soon` takes them of the
//! app as it is shipped.

use e2e::{Person, Stage, journey, until};
use std::io::Write;

const TIMES: usize = 5;
/// Milliseconds since the page was asked for: the first content, and the first control.
const SOON: &str = "return window.journey.soon()";

/// Loads the page so often, and takes the middle of each figure.
async fn loads(person: &Person, what: &str, path: &str, title: &str) {
    let mut content = Vec::new();
    let mut control = Vec::new();
    for _ in 0..TIMES {
        person.opens(path).await;
        person.sees_page(title).await;
        let soon = until("the page was painted", async || {
            let soon = person.run(SOON).await;
            let seen = ["content", "control"].map(|one| soon[one].is_number());
            (seen == [true; 2]).then_some(soon)
        })
        .await;
        let figure = |name: &str| soon[name].as_f64().expect("it was seen");
        content.push(figure("content"));
        control.push(figure("control"));
        let shift = person.shift().await;
        assert!(shift < 0.02, "{what} jumped by {shift}");
    }
    let middle = |mut figures: Vec<f64>| {
        figures.sort_by(f64::total_cmp);
        figures[TIMES / 2].round()
    };
    let (content, control) = (middle(content), middle(control));
    let mut out = std::io::stderr().lock();
    writeln!(
        out,
        "{what}: first content {content} ms, can be used {control} ms"
    )
    .expect("stderr is open");
}

#[tokio::test]
async fn how_soon_pages_of_the_one_binary_can_be_used() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.keeps_no_copies(true).await;
        loads(&alice, "a first visit", "/sign-in", "Sign in").await;
        alice.keeps_no_copies(false).await;
        loads(&alice, "the next visit", "/sign-in", "Sign in").await;
        alice.registers().await;
        loads(&alice, "a session restored", "/home", "Hello, alice").await;
    })
    .await;
}
