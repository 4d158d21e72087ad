//! Signing out elsewhere is done as asked, or refused. It never says more than it did.

use crate::answer::Answer;
use crate::browser::Browser;
use crate::world::{PASSWORD, World};
use poem::http::Method;
use serde_json::json;

async fn another<'w>(world: &'w World, name: &str) -> Browser<'w> {
    let mut browser = world.browser();
    browser.signs_in(name, PASSWORD).await.is(200);
    browser
}

/// With everything that the browser has, and these headers besides.
async fn leaves(browser: &Browser<'_>, scope: &str, attempt: Option<&str>) -> Answer {
    let body = json!({ "scope": scope }).to_string();
    let mut headers = vec![("x-csrf", "1")];
    headers.extend(attempt.map(|attempt| ("refresh-attempt", attempt)));
    let path = "/api/auth/logout";
    browser
        .send(Method::POST, path, &headers, Some(&body), true)
        .await
}

async fn is_out(browser: &mut Browser<'_>) {
    let refused = browser.refreshes(None).await;
    refused.refused_as(401, "session_revoked");
}

/// A tab that has not heard of its sibling's refresh yet.
#[tokio::test]
async fn the_cookie_of_before_the_last_refresh_signs_out_everywhere_within_its_window() {
    for scope in ["all", "others"] {
        let world = World::new().await;
        let mut alice = world.person("alice").await;
        let mut phone = another(&world, "alice").await;
        let before = alice.clone_cookies();
        alice.refreshes(None).await.is(200);
        world.passes(9);
        leaves(&before, scope, None).await.is(204);
        is_out(&mut phone).await;
        if scope == "others" {
            alice.refreshes(None).await.is(200);
        } else {
            is_out(&mut alice).await;
        }
    }
}

/// The browser whose refresh was answered into nothing, minutes later.
#[tokio::test]
async fn the_attempt_that_spent_a_cookie_signs_out_everywhere_by_it() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut phone = another(&world, "alice").await;
    let before = alice.clone_cookies();
    alice.refreshes(Some("attempt-1")).await.is(200);
    world.passes(500);
    leaves(&before, "all", Some("attempt-1")).await.is(204);
    is_out(&mut phone).await;
    is_out(&mut alice).await;
}

#[tokio::test]
async fn a_good_access_token_signs_out_everywhere_beside_any_cookie() {
    for cookie in ["spent", "ended", "nonsense", "another's"] {
        for scope in ["all", "others"] {
            let world = World::new().await;
            let mut alice = world.person("alice").await;
            let mut phone = another(&world, "alice").await;
            let mut old = another(&world, "alice").await;
            let mut bob = world.person("bob").await;
            let mut brought = alice.clone();
            brought.cookie = match cookie {
                "spent" => {
                    let spent = alice.cookie.clone();
                    alice.refreshes(None).await.is(200);
                    world.passes(60);
                    spent
                }
                "ended" => {
                    let ended = old.cookie.clone();
                    old.signs_out("this").await.is(204);
                    ended
                }
                "nonsense" => Some("nonsense".to_owned()),
                _ => bob.cookie.clone(),
            };
            leaves(&brought, scope, None).await.is(204);
            is_out(&mut phone).await;
            if scope == "all" {
                is_out(&mut alice).await;
            } else {
                alice.refreshes(None).await.is(200);
                bob.refreshes(None).await.is(200);
            }
        }
    }
}

/// Two cookies of our exact name are ambiguous at every door: refused, told, and cleared. Nothing is
/// done by half, and the access token alone does it.
#[tokio::test]
async fn two_refresh_cookies_are_refused_beside_a_good_access_token_and_it_alone_is_enough() {
    for scope in ["this", "all", "others"] {
        let world = World::new().await;
        let mut alice = world.person("alice").await;
        let mut phone = another(&world, "alice").await;
        let mut brought = alice.clone();
        let cookie = alice.cookie.clone().unwrap();
        brought.cookie = Some(format!("{cookie}; __Host-Http-refresh={cookie}"));
        let refused = leaves(&brought, scope, None).await;
        let refused = refused.refused_as(401, "refresh_invalid");
        let cleared = refused.header("set-cookie").unwrap();
        assert!(cleared.starts_with("__Host-Http-refresh=;"), "{cleared}");
        phone.refreshes(None).await.is(200);
        alice.refreshes(None).await.is(200);

        brought.cookie = None;
        leaves(&brought, scope, None).await.is(204);
        if scope == "others" {
            alice.refreshes(None).await.is(200);
        } else {
            is_out(&mut alice).await;
        }
        if scope == "this" {
            phone.refreshes(None).await.is(200);
        } else {
            is_out(&mut phone).await;
        }
    }
}

#[tokio::test]
async fn what_cannot_speak_for_other_sessions_is_told_so() {
    for scope in ["all", "others"] {
        let world = World::new().await;
        let mut alice = world.person("alice").await;
        let mut phone = another(&world, "alice").await;
        let nobody = leaves(&world.browser(), scope, None).await;
        nobody.refused_as(401, "missing_token");
        let mut nonsense = world.browser();
        nonsense.cookie = Some("nonsense".to_owned());
        let refused = leaves(&nonsense, scope, None).await;
        refused.refused_as(401, "invalid_token");

        let mut old = another(&world, "alice").await;
        let ended = old.clone();
        old.signs_out("this").await.is(204);
        let refused = leaves(&ended, scope, None).await;
        refused.refused_as(401, "session_revoked");

        let mut expired = another(&world, "alice").await;
        world.passes(901);
        let mut token_alone = expired.clone();
        token_alone.cookie = None;
        let refused = leaves(&token_alone, scope, None).await;
        refused.refused_as(401, "token_expired");
        expired.refreshes(None).await.is(200);
        alice.refreshes(None).await.is(200);
        phone.refreshes(None).await.is(200);
    }
}

/// I-05, I-06: at this door, too.
#[tokio::test]
async fn a_spent_cookie_ends_its_own_session_and_no_other() {
    for scope in ["all", "others"] {
        let world = World::new().await;
        let mut alice = world.person("alice").await;
        let mut phone = another(&world, "alice").await;
        let thief = alice.clone_cookies();
        alice.refreshes(None).await.is(200);
        world.passes(11);
        let refused = leaves(&thief, scope, None).await;
        refused.refused_as(401, "refresh_reused");
        let refused = alice.refreshes(None).await;
        refused.refused_as(401, "session_revoked").because("reused");
        phone.refreshes(None).await.is(200);
    }
}

#[tokio::test]
async fn signing_out_everywhere_twice_is_done_twice() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let mut phone = another(&world, "alice").await;
    leaves(&alice, "all", None).await.is(204);
    leaves(&alice, "all", None).await.is(204);
    leaves(&alice, "others", None).await.is(204);
    is_out(&mut phone).await;
}

/// Two tabs of a browser, of which one signs out while the other brings a newer token.
#[tokio::test]
async fn both_sessions_that_a_request_brings_are_signed_out() {
    let world = World::new().await;
    let mut first = world.person("alice").await;
    let second = another(&world, "alice").await;
    let mut mixed = first.clone();
    mixed.token.clone_from(&second.token);
    leaves(&mixed, "this", None).await.is(204);
    is_out(&mut first).await;
    let refused = second.gets("/api/me").await;
    refused.refused_as(401, "session_revoked");
}

/// The attack: a tab refreshes while another signs out everywhere. Whoever comes first, no session
/// is left.
#[tokio::test]
async fn a_refresh_beside_it_does_not_keep_signing_out_everywhere_from_being_done() {
    let world = World::new().await;
    let other = world.restarted().await;
    let mut alice = world.person("alice").await;
    for round in 0..60 {
        let mut phone = another(&world, "alice").await;
        let mut tab = alice.moved_to(&other);
        let leaving = alice.clone_cookies();
        let (refreshed, left) = if round % 2 == 0 {
            futures::future::join(tab.refreshes(None), leaves(&leaving, "all", None)).await
        } else {
            let (left, refreshed) =
                futures::future::join(leaves(&leaving, "all", None), tab.refreshes(None)).await;
            (refreshed, left)
        };
        left.is(204);
        assert!(matches!(refreshed.status, 200 | 401), "{refreshed:#?}");
        is_out(&mut phone).await;
        is_out(&mut tab).await;
        alice = another(&world, "alice").await;
    }
}
