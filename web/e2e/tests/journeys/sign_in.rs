//! Getting in, and being told why one is out.

use e2e::{Stage, journey, until};

#[tokio::test]
async fn a_wrong_password_says_so_and_keeps_the_name() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.signs_out().await;
        alice.enters("not her password").await;
        alice.sees("Name or password is wrong").await;
        alice.sees_page("Sign in").await;
        alice.fills("Password", &alice.password).await;
        alice.submits("Sign in").await;
        alice.is_home().await;
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ended_elsewhere_says_why_and_one_comes_back_to_the_same_page() {
    journey(Stage::one_binary(), async |world| {
        let laptop = world.person("alice").await;
        laptop.registers().await;
        let phone = world.person("alice").await;
        phone.signs_in().await;
        phone.clicks("Sessions").await;
        phone.sees_page("Sessions").await;

        laptop.clicks("Sessions").await;
        laptop.clicks("End all other sessions").await;
        laptop.clicks("End them").await;
        until("the other session has ended", async || {
            let log = world.api().log();
            log.contains("/api/auth/logout").then_some(())
        })
        .await;

        phone.clicks("Account").await;
        phone.clicks("Sessions").await;
        phone.sees("You signed out from another device.").await;
        phone.enters(&phone.password).await;
        phone.sees_page("Sessions").await;
        phone.is_at("/sessions").await;
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_signs_out_the_other_browser_and_not_this_one() {
    journey(Stage::one_binary(), async |world| {
        let laptop = world.person("alice").await;
        laptop.registers().await;
        let phone = world.person("alice").await;
        phone.signs_in().await;

        laptop.clicks("Account").await;
        laptop.fills("Current password", &laptop.password).await;
        laptop
            .fills("New password", "quartz meadow bicycle 83")
            .await;
        laptop.submits("Change password").await;
        laptop.sees("Your password is changed").await;
        laptop.clicks("Home").await;
        laptop.sees_what_the_api_knows().await;

        phone.clicks("Ask the API again").await;
        phone
            .sees("Your password was changed from another session")
            .await;
        phone.sees_page("Sign in").await;
    })
    .await;
}

#[tokio::test]
async fn a_replayed_old_cookie_ends_the_session_for_safety() {
    let stage = Stage::one_binary().with("REFRESH_RACE_WINDOW", "0s");
    journey(stage, async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let spent = alice.refresh_token().await.expect("there is a cookie");
        alice.reloads().await;
        alice.sees_what_the_api_knows().await;

        let wire = world.api().wire();
        let refused = wire.refreshes_with(&spent, world.origin()).await;
        assert_eq!(
            (refused.status, refused.code.as_deref()),
            (401, Some("refresh_reused"))
        );
        assert!(!refused.sets_cookie);
        alice.clicks("Ask the API again").await;
        alice.sees("ended for safety").await;
        alice.sees_page("Sign in").await;
    })
    .await;
}

#[tokio::test]
async fn one_signs_in_with_the_keyboard_alone() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        alice.signs_out().await;
        alice.opens("/sign-in").await;
        alice.sees_page("Sign in").await;
        alice.tabs_to("Username").await;
        alice.types(&alice.name).await;
        alice.tabs_to("Password").await;
        alice.types(&format!("{}\n", alice.password)).await;
        alice.is_home().await;
    })
    .await;
}
