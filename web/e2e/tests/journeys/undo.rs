//! What an administrator did by a slip is taken back.

use e2e::{Stage, journey};

#[tokio::test]
async fn what_was_done_to_the_wrong_person_is_taken_back() {
    journey(Stage::one_binary(), async |world| {
        let alice = world.person("alice").await;
        alice.registers().await;
        let admin = world.administrator("admin").await;
        admin.signs_in().await;
        admin.clicks("People").await;
        admin.clicks("Disable alice").await;
        admin.sees("cannot sign in until enabled").await;
        admin.clicks("Cancel").await;
        admin.no_longer_sees("cannot sign in until enabled").await;
        admin.clicks("Disable alice").await;
        admin.clicks("Disable").await;
        admin.sees("alice is disabled and signed out.").await;
        admin.looks_at_it("people-undo").await;
        admin.clicks("Undo").await;
        admin.sees("alice can sign in again.").await;
        alice.signs_in().await;

        admin.clicks("Events").await;
        admin.sees("Enabled, by admin").await;
    })
    .await;
}
