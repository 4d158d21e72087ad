//! What other systems shipped, told to ours. Each has the name that the table in
//! `docs/protocol-proof.md` gives it, and its source.

use model::{CALM, Config, Durations, Scenario};

/// supabase/auth-js#213.
#[test]
fn two_tabs_refresh_with_one_token() {
    let mut story = Scenario::begins(2, 2);
    story.tab(0).refreshes();
    story.tab(1).refreshes();
    story.tab(0).is_served();
    story.tab(1).is_served();
    assert_eq!(story.tab(0).is_granted(), story.tab(1).is_granted());
    story.tab(1).gets_the_answer();
    story.tab(0).gets_the_answer();
    assert_eq!(story.rotations(), 1);
    assert!(story.tab(0).is_signed_in() && story.tab(1).is_signed_in());
}

/// supabase/supabase#8959.
#[test]
fn three_tabs_refresh_at_once() {
    let mut story = Scenario::begins(0, 3);
    (0..3).for_each(|tab| story.tab(tab).loads());
    (0..3).for_each(|tab| story.tab(tab).is_read_on(0));
    (0..3).for_each(|tab| story.tab(tab).is_served());
    (0..3).for_each(|tab| story.tab(tab).gets_the_answer());
    assert_eq!(story.rotations(), 1);
    (0..3).for_each(|tab| assert!(story.tab(tab).is_signed_in()));
}

/// The same, as a busy browser restores them: each after the one before it.
#[test]
fn tabs_restored_one_after_the_other_spend_one_token() {
    let mut story = Scenario::begins(0, 3);
    story.tab(0).loads();
    story.tab(1).loads_and_asks();
    story.tab(0).is_served();
    story.tab(0).gets_the_answer();
    story.tab(1).hears();
    story.tab(2).loads_and_asks();
    story.tab(0).hears();
    story.tab(2).hears();
    assert_eq!((story.rotations(), story.requests()), (1, 0));
    (0..3).for_each(|tab| assert!(story.tab(tab).is_signed_in()));
}

/// nextauthjs/next-auth#2071: a message that made every tab fetch.
#[test]
fn broadcast_causes_no_storm() {
    let mut story = Scenario::begins(3, 3);
    story.tab(0).refreshes();
    story.tab(0).is_served();
    story.tab(0).gets_the_answer();
    story.tab(1).hears();
    story.tab(2).hears();
    assert_eq!(story.requests(), 0);
    assert!(story.tab(1).is_signed_in() && story.tab(2).is_signed_in());
}

/// nightscout/nocturne#391.
#[test]
fn losers_are_not_shown_signed_out() {
    let mut story = Scenario::begins(2, 2);
    story.tab(0).refreshes();
    story.tab(1).refreshes();
    story.tab(1).loses_it();
    story.tab(0).is_served();
    story.tab(0).gets_the_answer();
    assert!(!story.tab(1).is_signed_out());
    story.tab(1).hears();
    story.settles();
    assert!(story.tab(1).is_signed_in() && story.is_sound());
}

/// LanternOps/breeze#1107.
#[test]
fn hard_reload_depends_on_one_call() {
    let mut story = Scenario::begins(1, 1);
    story.tab(0).loads();
    story.tab(0).meets_an_outage();
    assert!(!story.tab(0).is_signed_out());
    story.settles();
    assert!(story.tab(0).is_signed_in());
}

/// saleor/saleor-dashboard#6795.
#[test]
fn wake_fans_out_once() {
    let mut story = Scenario::begins(1, 1);
    story.tab(0).loads();
    story.tab(0).loses_it();
    let given_up = story.requests();
    story.tab(0).wakes();
    story.tab(0).calls();
    assert_eq!(
        story.requests(),
        given_up + 1,
        "the calls share one refresh"
    );
}

/// audiobookshelf#5281, #5376: asleep for as long as the retry window lasts.
#[test]
fn phone_sleeps_mid_refresh() {
    let mut story = Scenario::begins(1, 1);
    story.tab(0).refreshes();
    story.tab(0).is_served();
    story.tab(0).loses_it();
    story.time_passes(CALM.lengths.retry);
    story.tab(0).wakes();
    story.tab(0).is_served();
    assert_eq!(story.tab(0).is_granted(), Some(1));
    story.tab(0).gets_the_answer();
    assert!(story.tab(0).is_signed_in() && story.is_sound());
}

/// hegocre/RacoAndroid#19.
#[test]
fn crash_before_the_client_saves() {
    let mut story = Scenario::begins(1, 1);
    story.tab(0).refreshes();
    story.tab(0).is_served();
    story.tab(0).gets_the_cookie_only();
    story.tab(0).loads();
    story.settles();
    assert!(story.tab(0).is_signed_in() && story.is_sound());
}

/// django-oauth-toolkit#702.
#[test]
fn retry_returns_the_pair_of_the_first_answer() {
    let mut story = Scenario::begins(1, 1);
    story.tab(0).refreshes();
    story.tab(0).is_served();
    let first = story.tab(0).is_granted();
    story.tab(0).loses_it();
    story.tab(0).wakes();
    story.tab(0).is_served();
    assert!(story.tab(0).is_repeated());
    assert_eq!(story.tab(0).is_granted(), first);
    story.tab(0).gets_the_answer();
    assert_eq!(story.cookie(), first);
}

/// stablyai/orca#18719: 21,605 sign-outs in a day.
#[test]
fn blind_replay_after_timeout() {
    let mut story = Scenario::begins(1, 1);
    story.tab(0).refreshes();
    story.tab(0).is_delivered_twice();
    story.tab(0).is_served();
    story.tab(0).loses_it();
    story.tab(0).wakes();
    story.settles();
    assert!(story.tab(0).is_signed_in() && !story.is_over());
}

/// VilnaCRM/user-service#474, CVE-2026-53517: the thief's repeat is the owner's own successor.
#[test]
fn grace_does_not_fork() {
    let mut story = Scenario::begins(1, 1);
    story.cookie_is_copied();
    story.tab(0).loads();
    story.thief().presents_the_copy();
    story.tab(0).is_served();
    story.thief().is_served();
    assert_eq!(story.tab(0).is_granted(), story.thief().is_granted());
    story.tab(0).gets_the_answer();
    story.thief().gets_the_answer();
    story.tab(0).refreshes();
    story.tab(0).is_served();
    story.tab(0).gets_the_answer();
    story.time_passes(CALM.lengths.race + 1);
    story.thief().presents_the_copy();
    story.thief().is_served();
    assert_eq!(story.thief().is_granted(), None);
    assert!(story.is_over() && story.is_sound());
}

/// ayunis-core#1047.
#[test]
fn clocks_of_nodes_differ() {
    let mut story = Scenario::begins_with(Config {
        tabs: 1,
        nodes: 2,
        behind: 2,
        ..CALM
    });
    story.time_passes(3);
    story.tab(0).loads();
    story.tab(0).is_served();
    story.tab(0).loses_it();
    story.tab(0).wakes();
    story.tab(0).is_read_on(1);
    assert_eq!(story.tab(0).is_granted(), Some(1));
    assert!(story.is_sound());
}

/// schulydev/Schuly#476.
#[test]
fn offline_start_is_not_signed_out() {
    let mut story = Scenario::begins(0, 1);
    story.tab(0).loads();
    story.tab(0).loses_it();
    assert!(!story.tab(0).is_signed_out());
    story.tab(0).wakes();
    assert!(story.tab(0).is_refreshing());
}

/// supabase-js#1594, #2013, #2111, #2344: a lock that a frozen tab never gave back.
#[test]
fn lock_timeout_bricks_the_app() {
    let mut story = Scenario::begins(0, 2);
    story.tab(0).loads();
    story.tab(1).loads();
    story.tab(1).is_served();
    story.tab(1).gets_the_answer();
    assert!(story.tab(0).is_refreshing(), "the other one still hangs");
    assert!(story.tab(1).is_signed_in());
}

/// keycloak/keycloak#14122, #16081: refreshing in one tab ended the other's.
#[test]
fn tabs_do_not_revoke_each_other() {
    let mut story = Scenario::begins(2, 2);
    for tab in [0, 1, 0, 1] {
        story.tab(tab).loads();
        story.tab(tab).is_served();
        story.tab(tab).gets_the_answer();
        story.tab(1 - tab).hears();
    }
    assert_eq!(story.rotations(), 4);
    story.settles();
    assert!(story.tab(0).is_signed_in() && story.tab(1).is_signed_in());
}

/// SELISE/blocks-iam#433: the length of the window is what was set.
#[test]
fn grace_setting_is_read() {
    for (retry, lives) in [(2, false), (4, true)] {
        let lengths = Durations {
            race: 1,
            retry,
            ..CALM.lengths
        };
        let mut story = Scenario::begins_with(Config { lengths, ..CALM });
        story.tab(0).refreshes();
        story.tab(0).is_served();
        story.tab(0).loses_it();
        story.time_passes(3);
        story.tab(0).wakes();
        story.tab(0).is_served();
        assert_eq!(story.tab(0).is_granted().is_some(), lives);
    }
}
