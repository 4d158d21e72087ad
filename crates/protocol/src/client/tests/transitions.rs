//! One table of what follows on what.

use super::{FLYING, FRESH, NOW, OVER, RESTED, RETRYING, STALE, TTL, Tab};
use super::{hint, live, notation, out, waiting};
use crate::Millis;
use crate::client::{Answer, Effort, Event, Grantor, Life, step};

#[track_caller]
pub(super) fn check(tab: Tab, event: Event<u8>, machine: &str, effects: &str) {
    let (after, done) = step(tab, event, NOW);
    let came = (notation::machine(&after), notation::effects(&done));
    assert_eq!(came, (machine.into(), effects.into()), "{event:?}");
}

pub(super) const LIFE: Life = Life {
    ttl: TTL,
    jitter: 0,
};

pub(super) fn refreshed(epoch: u64, answer: Answer<u8>) -> Event<u8> {
    Event::Refreshed {
        epoch,
        answer,
        jitter: 0,
    }
}

fn left(epoch: u64, answer: Answer<u8>) -> Event<u8> {
    Event::LeftAnswered {
        epoch,
        answer,
        jitter: 0,
    }
}

pub(super) fn weather(retry_after: Option<u64>) -> Answer<u8> {
    Answer::Transient {
        retry_after: retry_after.map(Millis::from_secs),
    }
}

pub(super) const GRANTED: Answer<u8> = Answer::Granted { ttl: TTL };

pub(super) fn sibling(epoch: u64, by: Grantor) -> Event<u8> {
    Event::SiblingGranted {
        epoch,
        life: LIFE,
        by,
    }
}

pub(super) fn sibling_left(epoch: u64) -> Event<u8> {
    Event::SiblingLeft { epoch, reason: 7 }
}

#[test]
fn the_hint_decides_what_a_loaded_page_does() {
    let start =
        |text, machine, effects| check(Tab::new(), Event::Start(hint(text)), machine, effects);
    start("nobody 0", "0: out", "");
    start("nobody 4", "4: out", "");
    start("somebody 4", "4: live none looking", "look:4");
    start("leaving 4", "4: out leaving flying/0", "leave:4");
}

#[test]
fn a_sign_in_starts_an_epoch_beyond_every_known_one() {
    let event = |known| Event::SignedIn { life: LIFE, known };
    let effects =
        |epoch| std::format!("keep somebody:{epoch} forget tell-sign-in:{epoch} go wake+720");
    check(
        out(Some(1), None),
        event(0),
        "6: live fresh idle",
        &effects(6),
    );
    check(
        out(None, None),
        event(9),
        "10: live fresh idle",
        &effects(10),
    );
    check(
        out(None, Some(FLYING)),
        event(5),
        "6: live fresh idle",
        &effects(6),
    );
    check(
        live(Some(STALE), FLYING),
        event(5),
        "6: live fresh idle",
        &effects(6),
    );
}

#[test]
fn a_sign_out_forgets_at_once_and_tells_the_server() {
    let event = |known| Event::SignOut { reason: 1, known };
    let effects =
        |epoch| std::format!("drop leaving:{epoch} forget tell-left:{epoch}:1 leave:{epoch} go");
    for tab in [
        live(Some(FRESH), Effort::Idle),
        live(None, FLYING),
        live(Some(OVER), waiting(true)),
    ] {
        check(tab, event(5), "6: out 1 leaving flying/0", &effects(6));
        check(tab, event(8), "9: out 1 leaving flying/0", &effects(9));
    }
}

#[test]
fn a_refresh_renews() {
    let effects = "keep forget tell-refresh:5 go wake+720";
    check(
        live(None, FLYING),
        refreshed(5, GRANTED),
        "5: live fresh idle",
        effects,
    );
    check(
        live(Some(OVER), RETRYING),
        refreshed(5, GRANTED),
        "5: live fresh idle",
        effects,
    );
}

#[test]
fn weather_keeps_the_session() {
    let failed = |tab, retry_after, machine, effects| {
        check(tab, refreshed(5, weather(retry_after)), machine, effects);
    };
    failed(
        live(None, FLYING),
        None,
        "5: live none waiting/1",
        "fail wake+1",
    );
    failed(
        live(Some(OVER), RETRYING),
        None,
        "5: live over waiting/3",
        "fail wake+4",
    );
    failed(
        live(Some(STALE), FLYING),
        Some(30),
        "5: live stale waiting/1",
        "fail wake+30",
    );
    failed(
        live(Some(STALE), FLYING),
        Some(0),
        "5: live stale waiting/1",
        "fail wake+1",
    );
    failed(
        live(Some(FRESH), Effort::Idle),
        None,
        "5: live fresh idle",
        "",
    );
}

#[test]
fn a_terminal_answer_ends_the_session() {
    let effects = "drop nobody:6 forget tell-left:6:2 go";
    check(
        live(None, FLYING),
        refreshed(5, Answer::Ended(2)),
        "6: out 2",
        effects,
    );
    check(
        live(Some(STALE), FLYING),
        refreshed(5, Answer::Ended(2)),
        "6: out 2",
        effects,
    );
}

#[test]
fn an_answer_of_another_epoch_is_dropped() {
    for answer in [GRANTED, weather(None), Answer::Ended(2)] {
        check(
            live(Some(FRESH), Effort::Idle),
            refreshed(4, answer),
            "5: live fresh idle",
            "",
        );
        check(
            out(Some(1), Some(FLYING)),
            refreshed(4, answer),
            "5: out 1 leaving flying/0",
            "",
        );
        check(
            out(Some(1), Some(FLYING)),
            left(4, answer),
            "5: out 1 leaving flying/0",
            "",
        );
    }
}

#[test]
fn a_late_answer_restores_nothing() {
    check(out(Some(1), None), refreshed(5, GRANTED), "5: out 1", "");
    check(
        live(Some(FRESH), Effort::Idle),
        left(5, GRANTED),
        "5: live fresh idle",
        "",
    );
}

#[test]
fn a_sign_out_is_told_until_the_server_has_heard() {
    let tab = out(Some(1), Some(FLYING));
    check(tab, left(5, GRANTED), "5: out 1", "nobody:5");
    check(tab, left(5, Answer::Ended(2)), "5: out 1", "nobody:5");
    check(
        tab,
        left(5, weather(None)),
        "5: out 1 leaving waiting/1",
        "wake+1",
    );
    check(
        tab,
        left(5, Answer::Rejected { by_api: true }),
        "5: out 1 leaving waiting/1!",
        "wake+1",
    );
    let rested = out(Some(1), Some(RESTED));
    check(rested, Event::Tick, "5: out 1 leaving flying/2", "leave:5");
}
