//! Whoever sees with colours of their own, and what a dialog dims.

use e2e::{Stage, journey, until};

const CLOCK: &str = "
    const colour = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
    const page = colour('body', 'backgroundColor') === 'rgba(0, 0, 0, 0)'
        ? colour('#app', 'backgroundColor') : colour('body', 'backgroundColor');
    const seen = [
        colour('.ring-left', 'stroke'), colour('.ring-track', 'stroke'), colour('.ring text', 'fill'),
    ];
    return String(new Set([seen[0], seen[1], page]).size === 3 && seen[2] !== page)";
const CURRENT: &str = "
    const link = document.querySelector('.nav a[aria-current]');
    const { borderBottomWidth, borderBottomStyle, borderBottomColor } = getComputedStyle(link);
    const others = [...document.querySelectorAll('.nav a:not([aria-current])')];
    const unmarked = others.every((other) => getComputedStyle(other).borderBottomWidth === '0px');
    return String(borderBottomStyle === 'solid' && parseInt(borderBottomWidth) > 1 && unmarked)";

#[tokio::test]
async fn in_forced_colours_the_clock_and_the_page_one_is_on_are_seen() {
    journey(Stage::one_binary(), async |world| {
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.clicks("Token").await;
        admin.sees("number 1").await;
        admin.has_colours_of_their_own(true).await;
        admin.finds(CLOCK, "true").await;
        admin.finds(CURRENT, "true").await;
        admin.pictures("token-forced").await;
        for (page, words) in [
            ("Sessions", "This browser"),
            ("People", "1 session"),
            ("Events", "Signed in"),
            ("Account", "Every device"),
            ("Home", "Subject"),
        ] {
            admin.clicks(page).await;
            admin.sees(words).await;
            admin.finds(CURRENT, "true").await;
            admin.pictures(&format!("{page}-forced")).await;
        }
        admin.has_colours_of_their_own(false).await;
    })
    .await;
}

#[tokio::test]
async fn a_dialog_dims_the_whole_window_and_moves_nothing() {
    /// How wide the page is, and the colour beside it against the one under it.
    const LOOK: &str = "
        const colour = (element) => getComputedStyle(element).backgroundColor;
        const { documentElement: root } = document;
        const { left, right } = document.querySelector('main').getBoundingClientRect();
        return [left, right, colour(root) === colour(document.querySelector('#app'))].join(' ')";
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.clicks("Account").await;
        alice.sees("Every device").await;
        let before = alice.run(LOOK).await;
        alice.clicks("Sign out everywhere").await;
        alice.sees("You will have to sign in again").await;
        let during = until("the dialog is drawn", async || {
            let look = alice.run(LOOK).await;
            (look != before).then_some(look)
        })
        .await;
        let before = before.as_str().expect("it is text").to_owned();
        assert_eq!(
            during,
            before.replace("true", "false"),
            "only the gutter's colour is another"
        );
        alice.pictures("dialog").await;
        alice.clicks("Cancel").await;
        alice.finds(LOOK, &before).await;
    })
    .await;
}
