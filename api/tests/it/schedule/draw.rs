//! Drawing schedules. Indices are taken modulo what there is when their turn comes, so every
//! schedule can be played, and each of its parts can be left out.

use super::deed::{Act, Change, Deed, Due};
use super::ledger::Ledger;
use proptest::prelude::*;

/// Who acts; whoever acts more often has more sessions.
const WHO: [usize; 6] = [0, 0, 0, 1, 1, 2];
/// Around each window: the race, the retry, an access token's life, idle and absolute ends.
const TIMES: [u64; 13] = [
    1, 9, 10, 11, 589, 600, 601, 899, 900, 1_799, 1_800, 3_599, 3_600,
];

/// A part of a schedule.
#[derive(Clone, Debug)]
pub enum Step {
    /// Requests that are under way at the same time.
    Together(Vec<Wish>),
    /// Seconds.
    Passes(u64),
    /// Each node looks what ended on the other.
    NodesCatchUp,
    /// A process ends and another takes its place.
    Restarts(usize),
}

/// A request, before it is known who and what there is.
#[derive(Clone, Debug)]
pub struct Wish {
    node: usize,
    kind: Kind,
    /// Of a session, and of another or of a token of it.
    index: u8,
    other: u8,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Register,
    SignIn,
    Refresh(Option<u8>),
    Leave(&'static str),
    LeaveByAccess(&'static str),
    Call,
    Administer,
    ChangePassword,
    EndOne,
    Change(Change),
    Forge(Due),
    Confuse(Due),
}

/// Some browsers of one person, and then whatever comes.
pub fn schedule() -> impl Strategy<Value = Vec<Step>> {
    let browsers = prop::collection::vec((0..2usize).prop_map(signs_in), 0..5);
    let scene = prop_oneof![
        10 => step().prop_map(|step| vec![step]),
        2 => echo(),
        1 => tended(),
    ];
    let scenes = prop::collection::vec(scene, 1..16);
    (browsers, scenes).prop_map(|(browsers, scenes)| {
        let scenes = scenes.into_iter().flatten();
        browsers.into_iter().chain(scenes).collect()
    })
}

fn signs_in(node: usize) -> Step {
    Step::Together(vec![Wish {
        node,
        kind: Kind::SignIn,
        index: 0,
        other: 0,
    }])
}

fn refreshes(attempt: Option<u8>, (index, other): (u8, u8)) -> Step {
    Step::Together(vec![Wish {
        node: 0,
        kind: Kind::Refresh(attempt),
        index,
        other,
    }])
}

fn time() -> impl Strategy<Value = u64> {
    prop::sample::select(&TIMES[..])
}

/// A token that is spent, and comes again when a window is about to close or has just closed.
fn echo() -> impl Strategy<Value = Vec<Step>> {
    let again = prop_oneof![2 => Just(None), 1 => attempt().prop_map(Some)];
    (attempt(), time(), again, 0..6u8).prop_map(|(first, seconds, again, index)| {
        vec![
            refreshes(first, (index, 0)),
            Step::Passes(seconds),
            refreshes(again.unwrap_or(first), (index, 1)),
        ]
    })
}

/// A session that is kept alive until its absolute end is near or past.
fn tended() -> impl Strategy<Value = Vec<Step>> {
    let part = (prop::sample::select(&[1_700, 1_799][..]), attempt());
    let parts = prop::collection::vec(part, 1..4);
    (parts, 0..6u8).prop_map(|(parts, index)| {
        let steps = parts
            .into_iter()
            .flat_map(|(seconds, attempt)| [Step::Passes(seconds), refreshes(attempt, (index, 0))]);
        steps.collect()
    })
}

fn step() -> impl Strategy<Value = Step> {
    let alone = wish().prop_map(|wish| Step::Together(vec![wish]));
    let crowd = prop::collection::vec(wish(), 2..5).prop_map(Step::Together);
    prop_oneof![
        8 => alone,
        4 => crowd,
        3 => rush(),
        4 => time().prop_map(Step::Passes),
        1 => Just(Step::NodesCatchUp),
        1 => (0..2usize).prop_map(Step::Restarts),
    ]
}

/// One token, presented several times at once, beside something else.
fn rush() -> impl Strategy<Value = Step> {
    let attempts = prop::collection::vec((0..2usize, attempt()), 2..5);
    (attempts, 0..6u8, back(), wish()).prop_map(|(attempts, index, other, beside)| {
        let refresh = |(node, attempt)| Wish {
            node,
            kind: Kind::Refresh(attempt),
            index,
            other,
        };
        let mut wishes: Vec<_> = attempts.into_iter().map(refresh).collect();
        if wishes.len() < 4 {
            wishes.push(beside);
        }
        Step::Together(wishes)
    })
}

fn wish() -> impl Strategy<Value = Wish> {
    (0..2usize, kind(), 0..6u8, back()).prop_map(|(node, kind, index, other)| Wish {
        node,
        kind,
        index,
        other,
    })
}

fn attempt() -> impl Strategy<Value = Option<u8>> {
    prop::option::weighted(0.7, 0..3u8)
}

/// Mostly the newest, often the one before, sometimes an older one.
fn back() -> impl Strategy<Value = u8> {
    prop_oneof![5 => Just(0u8), 3 => Just(1u8), 2 => 2..6u8]
}

fn scope() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["this", "others", "all"][..])
}

fn kind() -> impl Strategy<Value = Kind> {
    let change = prop_oneof![
        any::<bool>().prop_map(Change::Disabled),
        any::<bool>().prop_map(Change::Admin),
        Just(Change::EndSessions),
    ];
    let due = || prop::sample::select(&[Due::Refresh, Due::Access][..]);
    prop_oneof![
        2 => Just(Kind::Register),
        5 => Just(Kind::SignIn),
        10 => attempt().prop_map(Kind::Refresh),
        3 => scope().prop_map(Kind::Leave),
        1 => scope().prop_map(Kind::LeaveByAccess),
        4 => Just(Kind::Call),
        1 => Just(Kind::Administer),
        1 => Just(Kind::ChangePassword),
        1 => Just(Kind::EndOne),
        2 => change.prop_map(Kind::Change),
        1 => due().prop_map(Kind::Forge),
        1 => due().prop_map(Kind::Confuse),
    ]
}

impl Wish {
    /// The request, if there already is what it needs.
    pub fn deed(&self, ledger: &Ledger) -> Option<Deed> {
        let node = self.node;
        Some(Deed {
            node,
            act: self.act(ledger)?,
        })
    }

    fn act(&self, ledger: &Ledger) -> Option<Act> {
        let (index, other) = (usize::from(self.index), usize::from(self.other));
        let who = WHO[index % WHO.len()];
        let presented = || ledger.presented(index, other);
        let access = || ledger.access(index, other);
        Some(match self.kind {
            Kind::Register => Act::Register(who),
            Kind::SignIn => Act::SignIn(who, other % 2),
            Kind::Refresh(attempt) => Act::Refresh(presented()?, attempt),
            Kind::Leave(scope) => Act::Leave(presented()?, scope),
            Kind::LeaveByAccess(scope) => Act::LeaveByAccess(access()?, scope),
            Kind::Call => Act::Call(access()?),
            Kind::Administer => Act::Administer(access()?),
            Kind::ChangePassword => Act::ChangePassword(ledger.access(index, 0)?, other % 2),
            Kind::EndOne => Act::EndOne(ledger.access(index, 0)?, ledger.session(other)?),
            Kind::Change(change) => {
                ledger.sub(who)?;
                Act::Change(who, change)
            }
            Kind::Forge(Due::Refresh) => Act::Forge(Due::Refresh, bent(&presented()?.token, other)),
            Kind::Forge(Due::Access) => Act::Forge(Due::Access, bent(&access()?.token, other)),
            Kind::Confuse(Due::Refresh) => Act::Forge(Due::Refresh, access()?.token),
            Kind::Confuse(Due::Access) => Act::Forge(Due::Access, presented()?.token),
        })
    }
}

/// The token with one character changed, all over it and in the end that base64 does not use.
fn bent(token: &str, place: usize) -> String {
    let mut text = token.as_bytes().to_vec();
    let place = text.len() - 1 - place * 7 % text.len();
    text[place] = if text[place] == b'A' { b'B' } else { b'A' };
    String::from_utf8(text).unwrap()
}
