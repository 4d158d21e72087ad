//! How the tables write machines and effects.

use super::{NOW, Tab};
use crate::Millis;
use crate::client::{Effects, Effort, Grant, Grantor, Hint, Release, State, Telling};
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

pub fn machine(tab: &Tab) -> String {
    let state = match &tab.state {
        State::SignedOut { reason, leaving } => {
            let reason = reason
                .map(|reason| format!(" {reason}"))
                .unwrap_or_default();
            let leaving = leaving.map(|leaving| format!(" leaving {}", effort(leaving)));
            format!("out{reason}{}", leaving.unwrap_or_default())
        }
        State::Live {
            grant,
            effort: now_doing,
        } => {
            let token = grant.map_or("none", token);
            format!("live {token} {}", effort(*now_doing))
        }
    };
    format!("{}: {state}", tab.epoch)
}

fn token(grant: Grant) -> &'static str {
    if !grant.is_good(NOW) {
        "over"
    } else if grant.refresh_at <= NOW {
        "stale"
    } else {
        "fresh"
    }
}

fn effort(effort: Effort) -> String {
    match effort {
        Effort::Idle => "idle".to_string(),
        Effort::Looking => "looking".to_string(),
        Effort::Asking { .. } => "asking".to_string(),
        Effort::InFlight { failures, rejected } => format!("flying/{failures}{}", mark(rejected)),
        Effort::Waiting {
            failures, rejected, ..
        } => format!("waiting/{failures}{}", mark(rejected)),
    }
}

/// A `!` stands for a rejection among the failures.
const fn mark(rejected: bool) -> &'static str {
    if rejected { "!" } else { "" }
}

pub fn effects(effects: &Effects<u8>) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut add = |said: bool, word: &str| {
        if said {
            words.push(word.to_string());
        }
    };
    add(effects.keep_token, "keep");
    add(effects.drop_token, "drop");
    let noted = effects.hint.map(note);
    add(noted.is_some(), &noted.unwrap_or_default());
    add(effects.forget_attempt, "forget");
    let told = effects.tell.map(telling);
    add(told.is_some(), &told.unwrap_or_default());
    add(effects.look.is_some(), &numbered("look", effects.look));
    add(
        effects.refresh.is_some(),
        &numbered("refresh", effects.refresh),
    );
    add(effects.leave.is_some(), &numbered("leave", effects.leave));
    add(effects.release == Some(Release::Go), "go");
    add(effects.release == Some(Release::Fail), "fail");
    add(effects.wake_at.is_some(), &wake(effects.wake_at));
    words.join(" ")
}

fn note(hint: Hint) -> String {
    match hint {
        Hint::Nobody(epoch) => format!("nobody:{epoch}"),
        Hint::Somebody(epoch) => format!("somebody:{epoch}"),
        Hint::Leaving(epoch) => format!("leaving:{epoch}"),
    }
}

fn telling(telling: Telling<u8>) -> String {
    match telling {
        Telling::Asked(epoch) => format!("ask:{epoch}"),
        Telling::Granted(epoch, Grantor::SignIn) => format!("tell-sign-in:{epoch}"),
        Telling::Granted(epoch, Grantor::Refresh) => format!("tell-refresh:{epoch}"),
        Telling::Left(epoch, reason) => format!("tell-left:{epoch}:{reason}"),
    }
}

fn numbered(word: &str, epoch: Option<u64>) -> String {
    epoch
        .map(|epoch| format!("{word}:{epoch}"))
        .unwrap_or_default()
}

/// Seconds from now; the tables use no jitter.
fn wake(at: Option<Millis>) -> String {
    at.map(|at| format!("wake+{}", (at - NOW).as_secs()))
        .unwrap_or_default()
}
