//! Every page, on a phone and on a desk; `cargo xtask e2e --pictures` keeps pictures of them.

use e2e::{Stage, journey};

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
            ("/nowhere", "Not found", "not-found"),
        ] {
            admin.opens(path).await;
            admin.sees_page(title).await;
            admin.looks_at_it(name).await;
        }
        admin.signs_in().await;
        admin.sees_what_the_api_knows().await;
        admin.looks_at_it("home").await;
        for (link, words, name) in [
            ("Sessions", "This browser", "sessions"),
            ("Account", "Every device", "account"),
            ("People", "1 session", "people"),
        ] {
            admin.clicks(link).await;
            admin.sees(words).await;
            admin.looks_at_it(name).await;
        }

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
