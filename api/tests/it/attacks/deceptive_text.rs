//! Text that users choose and others see does not reorder, hide or show nothing, and no name is taken
//! for the operator's.

use crate::world::{PASSWORD, World};
use serde_json::json;

#[tokio::test]
async fn a_display_name_that_deceives_is_refused() {
    let world = World::new().await;
    let alice = world.person("alice").await;
    let zalgo = format!("Z{}", "\u{335}".repeat(20));
    for name in [
        "ecila\u{202e}",
        "\u{2067}alice\u{2069}",
        "\u{200b}\u{200d}",
        "\u{3164}",
        "\u{2800}",
        "a\u{0}b",
        "\u{e0041}",
        "\u{378}",
        &zalgo,
    ] {
        let change = json!({ "display_name": name });
        let refused = alice.patches("/api/me", &change).await;
        refused.refuses("display_name", "invalid_characters");
    }
    for name in ["Zoë", "Алиса", "می\u{200c}خواهم", "👩\u{200d}💻"] {
        let change = json!({ "display_name": name });
        let named = alice.patches("/api/me", &change).await.is(200);
        assert_eq!(named.json()["display_name"], name);
    }
}

#[tokio::test]
async fn text_from_before_the_rule_is_stripped_wherever_it_is_shown() {
    let world = World::new().await;
    let admin = world.admin().await;
    let alice = world.person("alice").await;
    let id = alice.gets("/api/me").await.json()["id"].clone();
    let id = id.as_str().unwrap();
    for statement in [
        "UPDATE users SET display_name = '\u{202e}ecila\u{200b}'",
        "UPDATE sessions SET user_agent = 'A\u{202e} phone'",
        "UPDATE events SET user_agent = 'A\u{202e} phone'",
    ] {
        world.sql(statement).await;
    }
    let me = alice.gets("/api/me").await.json();
    assert_eq!(me["display_name"], "ecila");
    let path = format!("/api/admin/users/{id}");
    let managed = admin.gets(&path).await.is(200).json();
    assert_eq!(managed["display_name"], "ecila");
    let own = alice.gets("/api/me/sessions").await.json();
    assert_eq!(own["sessions"][0]["user_agent"], "A phone");
    let events = admin.gets("/api/admin/events").await.is(200);
    assert!(!events.text.contains('\u{202e}'), "{events:?}");
    assert!(events.text.contains("A phone"), "{events:?}");
    // What is nothing else is no name at all.
    world
        .sql("UPDATE users SET display_name = '\u{3164}'")
        .await;
    let me = alice.gets("/api/me").await.json();
    assert_eq!(me.get("display_name"), None);
}

#[tokio::test]
async fn reserved_names_are_for_the_command_line_alone() {
    let world = World::new().await;
    for name in ["admin", "Administrator", "root", "sup.port", "countersign"] {
        let form = json!({"username": name, "password": PASSWORD});
        let refused = world.browser().posts("/api/auth/register", &form).await;
        refused.refuses("username", "reserved");
    }
    for dots in ["...", "-_-"] {
        let form = json!({"username": dots, "password": PASSWORD});
        world
            .browser()
            .posts("/api/auth/register", &form)
            .await
            .is(422);
    }
    // Made as the command line makes it.
    world.admin().await.gets("/api/me").await.is(200);
}
