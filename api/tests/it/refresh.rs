//! Coming back: the refresh token and its rules, over the wire.

use crate::world::World;
use api::config::Config;
use protocol::Millis;

const DAY: u64 = 86_400;

#[tokio::test]
async fn a_refresh_rotates_the_cookie_and_gives_a_new_access_token() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let (cookie, token) = (alice.cookie.clone(), alice.token.clone());
    world.passes(600);
    alice.refreshes(Some("first")).await.is(200);
    assert_ne!(alice.cookie, cookie);
    assert_ne!(alice.token, token);
    alice.gets("/api/me").await.is(200);
}

#[tokio::test]
async fn an_expired_access_token_asks_for_a_refresh_and_the_refresh_cures_it() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    world.passes(900);
    alice.gets("/api/me").await.refused_as(401, "token_expired");
    alice.refreshes(None).await.is(200);
    alice.gets("/api/me").await.is(200);
}

/// Sources: Macro-Deck#815, grafana/grafana#16757, audiobookshelf#5281.
#[tokio::test]
async fn wifi_drops_after_commit() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let before = alice.clone();
    alice.refreshes(Some("one")).await.is(200);
    world.passes(599);
    // The answer was lost: the browser still has the old cookie and the same attempt.
    let mut again = before.clone();
    again.refreshes(Some("one")).await.is(200);
    assert_eq!(again.cookie, alice.cookie, "the successor is the same");
    again.gets("/api/me").await.is(200);
}

#[tokio::test]
async fn another_tab_is_answered_within_the_race_window_and_the_session_lives() {
    let world = World::new().await;
    let mut first = world.person("alice").await;
    let mut second = first.clone();
    first.refreshes(Some("a")).await.is(200);
    world.passes(9);
    second.refreshes(Some("b")).await.is(200);
    assert_eq!(first.cookie, second.cookie);
    first.refreshes(Some("c")).await.is(200);
}

/// I-06: more is no browser.
#[tokio::test]
async fn the_race_window_answers_twenty_tabs_and_no_more() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let before = alice.clone();
    alice.refreshes(Some("a")).await.is(200);
    for _ in 0..20 {
        before.clone().refreshes(None).await.is(200);
    }
    let again = before.clone().refreshes(Some("a")).await;
    again.is(200);
    let beyond = before.clone().refreshes(None).await;
    beyond.refused_as(401, "refresh_reused");
}

/// Source: `fliks-app/fliks#457`; I-13.
#[tokio::test]
async fn reuse_spares_other_devices() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut phone = world.browser();
    phone
        .signs_in("alice", crate::world::PASSWORD)
        .await
        .is(200);
    let mut thief = alice.clone_cookies();
    alice.refreshes(None).await.is(200);
    world.passes(11);
    thief
        .refreshes(None)
        .await
        .refused_as(401, "refresh_reused");
    alice
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked")
        .because("reused");
    phone.refreshes(None).await.is(200);
    phone.gets("/api/me").await.is(200);
}

#[tokio::test]
async fn replaying_a_rotated_token_ends_the_session_and_its_access_tokens() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut thief = alice.clone_cookies();
    alice.refreshes(Some("one")).await.is(200);
    alice.refreshes(Some("two")).await.is(200);
    // Two generations old: no window helps, not even with the attempt key.
    thief
        .refreshes(Some("one"))
        .await
        .refused_as(401, "refresh_reused");
    alice
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked")
        .because("reused");
}

/// Source: `opendefender/OpenRisk#700`.
#[tokio::test]
async fn loser_does_not_clear_the_cookie() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut thief = alice.clone_cookies();
    alice.refreshes(None).await.is(200);
    world.passes(11);
    let refused = thief.refreshes(None).await.is(401);
    assert_eq!(refused.header("set-cookie"), None);
}

#[tokio::test]
async fn garbage_and_strangers_change_nothing() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let mut nobody = world.browser();
    nobody
        .refreshes(None)
        .await
        .refused_as(401, "refresh_missing");
    let good = alice.cookie.clone().unwrap();
    let last = if good.ends_with('A') { "B" } else { "A" };
    let forged = format!("{}{last}", &good[..good.len() - 1]);
    for garbage in ["x", "AAAA", &good[1..], &forged, &format!("{good}=")] {
        nobody.cookie = Some(garbage.to_owned());
        nobody
            .refreshes(None)
            .await
            .refused_as(401, "refresh_invalid");
    }
    alice.refreshes(None).await.is(200);
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_in_any_case_after_its_longest_life() {
    let world = World::new().await;
    let mut idle = world.person("alice").await;
    world.passes(7 * DAY);
    idle.refreshes(None)
        .await
        .refused_as(401, "session_expired");

    let mut busy = world.person("bob").await;
    for _ in 0..5 {
        world.passes(6 * DAY - 1);
        busy.refreshes(None).await.is(200);
    }
    world.passes(5);
    busy.refreshes(None)
        .await
        .refused_as(401, "session_expired");
}

#[tokio::test]
async fn neither_cookie_nor_token_outlives_the_session() {
    let world = World::with(|config: &mut Config| {
        config.policy.refresh_token_ttl = Millis::from_secs(1000);
        config.policy.session_max_age = Millis::from_secs(1000);
    })
    .await;
    let mut alice = world.person("alice").await;
    world.passes(400);
    let answer = alice.refreshes(None).await.is(200);
    assert_eq!(answer.json()["expires_in"], 600);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.ends_with("Max-Age=600"), "{cookie}");
    world.passes(600);
    alice.gets("/api/me").await.refused_as(401, "token_expired");
    alice
        .refreshes(None)
        .await
        .refused_as(401, "session_expired");
}

/// Source: `SELISE/blocks-iam#433`.
#[tokio::test]
async fn grace_setting_is_read() {
    let world = World::with(|config: &mut Config| {
        config.policy.refresh_retry_window = Millis::from_secs(30);
        config.policy.refresh_race_window = Millis::from_secs(2);
    })
    .await;
    for (name, seconds, attempt, status) in [
        ("alice", 30, "same", 200),
        ("bob", 31, "same", 401),
        ("carol", 2, "other", 200),
        ("dave", 3, "other", 401),
    ] {
        let mut person = world.person(name).await;
        let mut late = person.clone();
        person.refreshes(Some("same")).await.is(200);
        world.passes(seconds);
        late.refreshes(Some(attempt)).await.is(status);
    }
}

#[tokio::test]
async fn the_access_token_lives_as_long_as_it_is_told_to() {
    let world = World::with(|config| {
        config.policy.access_token_ttl = Millis::from_secs(3);
    })
    .await;
    let alice = world.person("alice").await;
    world.passes(2);
    alice.gets("/api/me").await.is(200);
    world.passes(1);
    alice.gets("/api/me").await.refused_as(401, "token_expired");
}

/// I-17.
#[tokio::test]
async fn a_sign_in_beyond_the_limit_ends_the_oldest_session() {
    let world = World::with(|config| config.policy.max_sessions_per_user = 2).await;
    let mut first = world.person("alice").await;
    let mut others = Vec::new();
    for _ in 0..2 {
        world.passes(1);
        let mut browser = world.browser();
        browser
            .signs_in("alice", crate::world::PASSWORD)
            .await
            .is(200);
        others.push(browser);
    }
    first
        .refreshes(None)
        .await
        .refused_as(401, "session_revoked")
        .because("limit");
    first
        .gets("/api/me")
        .await
        .refused_as(401, "session_revoked");
    for mut other in others {
        other.refreshes(None).await.is(200);
    }
}
