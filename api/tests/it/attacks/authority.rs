//! A right that ends while a request waits. The guard of one node has not heard of it yet, which is
//! also what a request sees that waits for the database behind the guard.

use crate::answer::Answer;
use crate::browser::Browser;
use crate::world::{PASSWORD, World};
use api::auth::account::admin::update_from_cli;
use serde_json::{Value, json};
use shared::admin::UpdateUser;
use shared::role::Role;

const PASSWORD_AFTER: &str = "seven quiet harbour lamps";

async fn id(of: &Browser<'_>) -> String {
    let me = of.gets("/api/me").await.is(200).json();
    me["id"].as_str().unwrap().to_owned()
}

fn roles(roles: &[Role]) -> UpdateUser {
    UpdateUser {
        roles: Some(roles.to_vec()),
        disabled: None,
    }
}

fn disabled(disabled: bool) -> UpdateUser {
    UpdateUser {
        roles: None,
        disabled: Some(disabled),
    }
}

/// Changes a user by the command line, so to speak.
async fn stands(world: &World, id: &str, change: UpdateUser) {
    let now = world.app.clock.now();
    let changed = update_from_cli(&world.app.db, id, change, now).await;
    changed.unwrap();
}

/// Two administrators, so that either may go, and what a third person looks like.
struct Stage<'w> {
    admin: Browser<'w>,
    second: Browser<'w>,
    second_id: String,
    bob: Browser<'w>,
    bob_id: String,
}

async fn stage(world: &World) -> Stage<'_> {
    let admin = world.admin().await;
    let second = world.person("second").await;
    let second_id = id(&second).await;
    stands(world, &second_id, roles(&Role::ALL)).await;
    let mut second = world.browser();
    second.signs_in("second", PASSWORD).await.is(200);
    let bob = world.person("bob").await;
    let bob_id = id(&bob).await;
    Stage {
        admin,
        second,
        second_id,
        bob,
        bob_id,
    }
}

impl Stage<'_> {
    /// All that the second administrator could do to come back, or to harm.
    async fn second_acts(&self) -> Vec<Answer> {
        let own = format!("/api/admin/users/{}", self.second_id);
        let bob = format!("/api/admin/users/{}", self.bob_id);
        let both = json!({"roles": ["user", "admin"], "disabled": false});
        vec![
            self.second.patches(&own, &both).await,
            self.second.patches(&bob, &both).await,
            self.second.deletes(&format!("{bob}/sessions")).await,
        ]
    }

    /// The second administrator is so, and nobody else has changed.
    async fn nothing_else_changed(&mut self, disabled: bool, admin: bool) {
        let of = |id: &str| format!("/api/admin/users/{id}");
        let second = self.admin.gets(&of(&self.second_id)).await.is(200).json();
        assert_eq!(second["disabled"], disabled);
        let is_admin = second["roles"].as_array().unwrap().len() == 2;
        assert_eq!(is_admin, admin);
        let bob = self.admin.gets(&of(&self.bob_id)).await.is(200).json();
        assert_eq!(bob["roles"], json!(["user"]));
        self.bob.refreshes(None).await.is(200);
    }
}

#[tokio::test]
async fn an_administrator_who_was_disabled_elsewhere_changes_nobody() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    let other = world.restarted().await;
    stands(&other, &stage.second_id, disabled(true)).await;
    for refused in stage.second_acts().await {
        refused
            .refused_as(401, "session_revoked")
            .because("disabled");
    }
    stage.nothing_else_changed(true, true).await;
}

#[tokio::test]
async fn an_administrator_who_was_demoted_elsewhere_changes_nobody() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    let other = world.restarted().await;
    stands(&other, &stage.second_id, roles(&[Role::User])).await;
    for refused in stage.second_acts().await {
        refused
            .refused_as(401, "session_revoked")
            .because("roles_changed");
    }
    stage.nothing_else_changed(false, false).await;
}

/// As when somebody writes into the database by hand: the session lives, the role is gone.
#[tokio::test]
async fn the_role_is_read_from_the_row_and_not_from_the_token() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    let id = &stage.second_id;
    let demoted = format!("UPDATE users SET roles = 'user' WHERE id = '{id}'");
    world.sql(&demoted).await;
    for refused in stage.second_acts().await {
        refused.refused_as(403, "insufficient_scope");
    }
    stage.nothing_else_changed(false, false).await;
}

#[tokio::test]
async fn an_administrator_whose_session_was_ended_elsewhere_changes_nobody() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    let other = world.restarted().await;
    let moved = stage.admin.moved_to(&other);
    let path = format!("/api/admin/users/{}/sessions", stage.second_id);
    moved.deletes(&path).await.is(204);
    for refused in stage.second_acts().await {
        refused
            .refused_as(401, "session_revoked")
            .because("ended_by_admin");
    }
    stage.nothing_else_changed(false, true).await;
}

/// Everything that a user may do to the own account.
async fn acts(alice: &mut Browser<'_>, other_session: &str) -> Vec<Answer> {
    let change = json!({"current_password": PASSWORD, "new_password": PASSWORD_AFTER});
    // As a program, which brings no cookie.
    (alice.cookie, alice.device) = (None, None);
    let path = format!("/api/me/sessions/{other_session}");
    let name = json!({"display_name": "thief"});
    vec![
        alice.patches("/api/me", &name).await,
        alice.patches("/api/me", &json!({})).await,
        alice.deletes(&path).await,
        alice.posts("/api/me/password", &change).await,
        alice
            .posts("/api/auth/logout", &json!({"scope": "others"}))
            .await,
        alice
            .posts("/api/auth/logout", &json!({"scope": "all"}))
            .await,
    ]
}

async fn session(browser: &Browser<'_>) -> String {
    let facts = browser.gets("/api/auth/session").await.is(200).json();
    facts["sid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_user_whose_session_was_ended_elsewhere_changes_nothing() {
    let world = World::new().await;
    let mut thief = world.person("alice").await;
    let mut alice = world.browser();
    alice.signs_in("alice", PASSWORD).await.is(200);
    let kept = session(&alice).await;
    let other = world.restarted().await;
    alice.moved_to(&other).signs_out("others").await.is(204);
    for refused in acts(&mut thief, &kept).await {
        refused
            .refused_as(401, "session_revoked")
            .because("signed_out");
    }
    let me = alice.gets("/api/me").await.is(200).json();
    assert_eq!(me.get("display_name"), None);
    alice.refreshes(None).await.is(200);
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}

#[tokio::test]
async fn a_user_who_was_disabled_elsewhere_changes_nothing() {
    let world = World::new().await;
    let mut alice = world.person("alice").await;
    let (id, own) = (id(&alice).await, session(&alice).await);
    let other = world.restarted().await;
    stands(&other, &id, disabled(true)).await;
    for (number, answer) in acts(&mut alice, &own).await.into_iter().enumerate() {
        if number < 4 {
            answer
                .refused_as(401, "session_revoked")
                .because("disabled");
        } else {
            // None of theirs lives: what was asked is so.
            answer.is(204);
        }
    }
}

/// The attack: whoever is disabled enables themselves in the same instant, again and again.
#[tokio::test]
async fn nobody_comes_back_while_they_are_disabled() {
    let world = World::new().await;
    let mut stage = stage(&world).await;
    let other = world.restarted().await;
    for _ in 0..8 {
        stands(&world, &stage.second_id, disabled(false)).await;
        stage.second.signs_in("second", PASSWORD).await.is(200);
        let path = format!("/api/admin/users/{}", stage.second_id);
        let back = json!({"disabled": false});
        let tries = (0..8).map(|_| stage.second.patches(&path, &back));
        let disabling = stands(&other, &stage.second_id, disabled(true));
        let tries = futures::future::join_all(tries);
        let (tries, ()) = futures::future::join(tries, disabling).await;
        for answer in tries {
            assert!(matches!(answer.status, 200 | 401), "{answer:#?}");
        }
        let now: Value = stage.admin.gets(&path).await.is(200).json();
        assert_eq!(now["disabled"], true, "they came back");
    }
}

/// Administrators who change each other in every direction wait in one order: nobody hears 503.
#[tokio::test]
async fn administrators_who_change_each_other_do_not_wait_for_each_other() {
    let world = World::new().await;
    let stage = stage(&world).await;
    let other = world.restarted().await;
    let admin_id = id(&stage.admin).await;
    let ids = [&admin_id, &stage.second_id, &stage.bob_id];
    let second = stage.second.moved_to(&other);
    for round in 0..6 {
        let admins = [&stage.admin, &second, &stage.admin, &second];
        let same = json!({"disabled": false});
        let changing = admins.into_iter().enumerate().map(|(number, admin)| {
            let path = format!("/api/admin/users/{}", ids[(round + number) % 3]);
            let same = same.clone();
            async move { admin.patches(&path, &same).await }
        });
        for answer in futures::future::join_all(changing).await {
            answer.is(200);
        }
    }
}
