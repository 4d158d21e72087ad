//! A picture of every page, for people to look at; `cargo xtask e2e --pictures` keeps them.

use e2e::{Stage, journey};

#[tokio::test]
async fn every_page_can_be_looked_at() {
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
            admin.takes_pictures(name).await;
        }
        admin.signs_in().await;
        admin.sees_what_the_api_knows().await;
        admin.takes_pictures("home").await;
        for (link, words, name) in [
            ("Sessions", "This browser", "sessions"),
            ("Account", "Every device", "account"),
            ("People", "admin", "people"),
        ] {
            admin.clicks(link).await;
            admin.sees(words).await;
            admin.takes_pictures(name).await;
        }
    })
    .await;
}
