//! A session that runs out in the middle of somebody's work.

use crate::world::{Browser, ended, page, problem, signed_in, user};
use client::{Client, Error, Phase};
use shared::account::UpdateProfile;
use shared::auth::Login;
use shared::error_code::ErrorCode;
use shared::password::Password;
use shared::session::RevocationReason;

const ME: &str = "/api/me";
const LOGIN: &str = "/api/auth/login";

fn sign_in(browser: &mut Browser, tab: &Client, name: &str, token: &str) {
    let auth = tab.auth();
    let login = Login {
        username: name.to_owned(),
        password: Password::new("a phrase of somebody's"),
    };
    let _login = browser.begin(async move { auth.login(&login).await });
    browser.answer(LOGIN, signed_in(name, token));
}

fn awaited(tab: &Client) -> Option<String> {
    tab.snapshot().reauth_user.map(|user| user.username.clone())
}

/// Seen in elastic/kibana#99353.
#[test]
fn expiry_keeps_unsaved_work() {
    let (mut browser, tab) = Browser::with_alice();
    let _place = tab.hold_page();
    let api = tab.api();
    let save = browser.begin(async move { api.update_me(&UpdateProfile::default()).await });
    browser.answer(ME, problem(ErrorCode::SessionExpired));
    assert_eq!(tab.snapshot().phase, Phase::SignedOut);
    assert_eq!(awaited(&tab).as_deref(), Some("alice"));
    assert!(save.borrow().is_none(), "it waits");

    let api = tab.api();
    let later = browser.begin(async move { api.me().await });
    sign_in(&mut browser, &tab, "alice", "t2");
    let replay = browser.answer(ME, page(&user("alice")));
    assert_eq!(replay.header_value("Authorization"), Some("Bearer t2"));
    assert!(matches!(*save.borrow(), Some(Ok(_))));
    assert_eq!(awaited(&tab), None);
    assert!(
        matches!(*later.borrow(), Some(Err(Error::SignedOut))),
        "nobody began it"
    );
    assert_eq!(browser.count(ME), 2);
}

#[test]
fn another_person_does_not_inherit_what_waits() {
    let (mut browser, tab) = Browser::with_alice();
    let _place = tab.hold_page();
    let api = tab.api();
    let save = browser.begin(async move { api.update_me(&UpdateProfile::default()).await });
    browser.answer(ME, problem(ErrorCode::SessionExpired));
    sign_in(&mut browser, &tab, "bob", "t2");
    assert_eq!(*save.borrow(), Some(Err(Error::SignedOut)));
    assert_eq!(
        browser.count(ME),
        1,
        "nothing of alice's goes out in bob's name"
    );
}

#[test]
fn who_gives_the_place_up_waits_for_nothing() {
    let (mut browser, tab) = Browser::with_alice();
    let place = tab.hold_page();
    let api = tab.api();
    let save = browser.begin(async move { api.update_me(&UpdateProfile::default()).await });
    browser.answer(ME, problem(ErrorCode::SessionExpired));
    drop(place);
    browser.settle();
    assert_eq!(*save.borrow(), Some(Err(Error::SignedOut)));
    assert_eq!(awaited(&tab), None);
}

#[test]
fn a_session_that_was_taken_away_keeps_no_place() {
    for reason in RevocationReason::ALL {
        let (mut browser, tab) = Browser::with_alice();
        let _place = tab.hold_page();
        let api = tab.api();
        let _call = browser.begin(async move { api.me().await });
        browser.answer(ME, ended(reason));
        assert_eq!(
            awaited(&tab).is_some(),
            reason == RevocationReason::SessionLimit,
            "{reason:?}"
        );
    }
    let (mut browser, tab) = Browser::with_alice();
    let _place = tab.hold_page();
    tab.auth().logout();
    browser.settle();
    assert_eq!(awaited(&tab), None, "alice left");
}

/// What the API did is not done again: the answer arrives although the session is over by then.
#[test]
fn an_answer_that_crosses_the_end_is_an_answer() {
    let (mut browser, tab) = Browser::with_alice();
    let _place = tab.hold_page();
    let (first, second) = (tab.api(), tab.api());
    let save = browser.begin(async move { first.update_me(&UpdateProfile::default()).await });
    let saved = browser.take(ME);
    let _other = browser.begin(async move { second.sessions().await });
    browser.answer("/api/me/sessions", problem(ErrorCode::SessionExpired));
    saved.answer(page(&user("alice")));
    browser.settle();
    assert!(matches!(*save.borrow(), Some(Ok(_))));
    assert_eq!(browser.count(ME), 1);
}
