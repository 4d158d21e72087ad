//! Every page, on a phone and on a desk; `cargo xtask e2e --pictures` keeps pictures of them.

use e2e::{Stage, journey, until};

const LEADS_NOWHERE: &str = "history.pushState(null, '', '/nowhere');
    dispatchEvent(new PopStateEvent('popstate'))";

#[tokio::test]
async fn every_page_fits_a_phone_and_a_desk() {
    journey(Stage::one_binary(), async |world| {
        let admin = world.administrator("admin").await;
        for (path, title, name) in [
            (
                "/",
                "Stay signed in. Keep nothing worth stealing.",
                "welcome",
            ),
            ("/register", "Create an account", "register"),
            ("/sign-in", "Sign in", "sign-in"),
        ] {
            admin.opens(path).await;
            admin.sees_page(title).await;
            admin.looks_at_it(name).await;
        }
        // No server answers for it; the app does, where something within leads there.
        admin.run(LEADS_NOWHERE).await;
        admin.sees_page("Not found").await;
        admin.looks_at_it("not-found").await;
        admin.opens("/sign-in/").await;
        admin.sees_page("Sign in").await;
        admin.signs_in().await;
        admin.sees_what_the_api_knows().await;
        admin.looks_at_it("home").await;
        for (link, words, name) in [
            ("Sessions", "This browser", "sessions"),
            ("Token", "Refresh now", "token"),
            ("Account", "Every device", "account"),
            ("People", "1 session", "people"),
            ("Events", "Signed in", "events"),
        ] {
            admin.clicks(link).await;
            admin.sees(words).await;
            admin.looks_at_it(name).await;
        }

        admin.clicks("Sessions").await;
        admin.clicks("Timeline Chrome on Linux").await;
        admin.sees("Signed in").await;
        admin.looks_at_it("timeline").await;
        admin.clicks("People").await;
        admin.sees("1 session").await;

        let alice = world.person("alice").await;
        alice.registers().await;
        alice.opens("/admin/users").await;
        alice.sees_page("Not for you").await;
        alice.looks_at_it("not-for-you").await;
        admin.reloads().await;
        admin.clicks("Disable alice").await;
        admin.sees("cannot sign in until enabled").await;
        admin.looks_at_it("people-question").await;
    })
    .await;
}

#[tokio::test]
async fn every_component_fits_and_keeps_nobody_out() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/styleguide").await;
        alice.sees_page("Countersign").await;
        alice.looks_at_it("styleguide").await;
    })
    .await;
}

#[tokio::test]
async fn a_chosen_language_and_theme_stay() {
    const LOOK: &str = "
        const { lang, dataset } = document.documentElement;
        const tints = [...document.querySelectorAll('[name=theme-color]')];
        const bars = tints.filter(({ media }) => matchMedia(media).matches);
        return [lang, dataset.theme, ...bars.map(({ id }) => id)].join(' ')";
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.chooses("Theme", "Dark").await;
        alice.finds(LOOK, "en dark tint-dark").await;
        alice.chooses("Language", "Deutsch").await;
        alice.sees_page("Hallo, alice").await;
        alice.sees("Subjekt").await;
        alice.reloads().await;
        alice.sees_page("Hallo, alice").await;
        alice.finds(LOOK, "de dark tint-dark").await;
        alice.chooses("Darstellung", "System").await;
        alice.finds(LOOK, "de  tint-light").await;
        alice.sees("Subjekt").await;
        alice.looks_at_it("home-german").await;
        alice.clicks("Token").await;
        alice.sees("Jetzt erneuern").await;
        alice.looks_at_it("token-german").await;
        alice.clicks("Sitzungen").await;
        alice.sees("Dieser Browser").await;
        alice.looks_at_it("sessions-german").await;
        alice.clicks("Konto").await;
        alice.sees("Alle Geräte").await;
        alice.looks_at_it("account-german").await;
    })
    .await;
}

#[tokio::test]
async fn a_barrier_and_a_jump_are_seen() {
    const SPOIL: &str = "document.body.append(new Image());
        const page = document.querySelector('h1');
        requestAnimationFrame(() => setTimeout(() => { page.style.marginTop = '200px'; }, 700));";
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.opens("/").await;
        alice
            .sees_page("Stay signed in. Keep nothing worth stealing.")
            .await;
        alice.run(SPOIL).await;
        if let Some(barriers) = alice.barriers().await {
            assert!(barriers.contains("image-alt"), "{barriers}");
        }
        until("the jump is measured", async || {
            (alice.shift().await > 0.02).then_some(())
        })
        .await;
    })
    .await;
}
