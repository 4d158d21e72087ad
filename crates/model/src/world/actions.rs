//! What can happen next.

use super::World;
use crate::config::Config;
use crate::network::{Exchange, Reply, Request, Sender, Stage};
use crate::time::millis;
use crate::token::Token;
use protocol::client::{Gate, RequestStatus};

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A node takes a request up.
    Serve(u8, u8),
    /// A node carries out what it decided.
    Write(u8),
    /// An answer arrives.
    Arrive(u8),
    /// A request or an answer was overtaken, and counts as given up.
    Overtaken(u8),
    /// A tab gives a request up.
    GiveUp(u8),
    /// The head of an answer arrives, and with it the cookie; the rest does not.
    LoseBody(u8),
    /// The network makes a copy of a request.
    Duplicate(u8),
    /// The server cannot serve a request now.
    Outage(u8),
    /// The server, or a proxy before it, rejects a request as such.
    Reject(u8),
    /// A page is loaded, or loaded again.
    Load(u8),
    /// A page that was just loaded sees who set out before it.
    Look(u8),
    /// It does not see it: storage is shared by messages, and they are late.
    LookInVain(u8),
    /// A timer rings.
    Ring(u8),
    /// A tab hears the oldest of what its siblings told.
    Hear(u8),
    /// A tab is frozen while that arrives.
    Miss(u8),
    /// A page wakes.
    Wake(u8),
    /// A person signs out.
    SignOut(u8),
    /// Bob signs in.
    SignIn(u8),
    /// The page calls the API.
    Call(u8),
    /// A node dies and starts again.
    Crash(u8),
    /// A node hears what ended on the other.
    CatchUp(u8),
    /// The cookie is copied.
    Steal,
    /// The copy is used.
    UseCopy,
    /// Somebody presents a token that they made up.
    Forge,
    /// Two tabs are about to make an attempt key at once.
    RaceForKey,
    /// An administrator disables Alice.
    Disable,
    /// The key of the refresh tokens is replaced.
    Rekey,
    /// Time passes.
    Pass,
}

impl World {
    /// All that can happen next.
    pub fn moves(&self, config: &Config) -> Vec<Action> {
        let mut moves = Vec::new();
        self.network_moves(config, &mut moves);
        for tab in 0..config.tabs {
            self.tab_moves(config, tab, &mut moves);
        }
        self.other_moves(&mut moves);
        if self.now < config.horizon && self.may_pass(config) {
            moves.push(Action::Pass);
        }
        moves
    }

    fn network_moves(&self, config: &Config, moves: &mut Vec<Action>) {
        let left = &self.trouble;
        for (index, exchange) in self.exchanges.iter().enumerate() {
            // Of two that are the same, either will do.
            if index > 0 && self.exchanges[index - 1] == *exchange {
                continue;
            }
            let at = u8::try_from(index).expect("BUG: few are under way");
            let changes_cookie = !matches!(exchange.request, Request::Call { .. });
            let of_tab = matches!(exchange.by, Sender::Tab(_));
            if !config.stragglers && self.is_overtaken(config, exchange) {
                moves.push(Action::Overtaken(at));
                continue;
            }
            match exchange.stage {
                Stage::Asked => {
                    moves.extend((0..config.nodes).map(|node| Action::Serve(at, node)));
                    if left.outages > 0 && of_tab && changes_cookie {
                        moves.push(Action::Outage(at));
                    }
                    if left.rejections > 0 && of_tab && changes_cookie {
                        moves.push(Action::Reject(at));
                    }
                    if left.duplicates > 0 && of_tab && changes_cookie {
                        moves.push(Action::Duplicate(at));
                    }
                }
                Stage::Decided(_) => moves.push(Action::Write(at)),
                Stage::Answered(_) => moves.push(Action::Arrive(at)),
            }
            if left.losses > 0 && of_tab && changes_cookie {
                moves.push(Action::GiveUp(at));
                if matches!(exchange.stage, Stage::Answered(Reply::Granted { .. })) {
                    moves.push(Action::LoseBody(at));
                }
            }
        }
    }

    fn tab_moves(&self, config: &Config, tab: u8, moves: &mut Vec<Action>) {
        let left = &self.trouble;
        if left.loads > 0 {
            moves.push(Action::Load(tab));
        }
        let Some(page) = &self.browser.tabs[usize::from(tab)] else {
            return;
        };
        let now = millis(self.now);
        if page.looks() {
            moves.push(Action::LookInVain(tab));
            if self.spender_for(config, tab).is_some() {
                moves.push(Action::Look(tab));
            }
        }
        let rings = page.alarm.is_some_and(|alarm| alarm <= now);
        if rings || page.asks_until().is_some() {
            moves.push(Action::Ring(tab));
        }
        if !page.inbox.is_empty() {
            moves.push(Action::Hear(tab));
            if left.misses > 0 {
                moves.push(Action::Miss(tab));
            }
        }
        if page.missed || matches!(page.effort(), Some(RequestStatus::Backoff { .. })) {
            moves.push(Action::Wake(tab));
        }
        if left.sign_outs > 0 && page.is_live() {
            moves.push(Action::SignOut(tab));
        }
        if left.sign_ins > 0 && page.offers_sign_in(now) {
            moves.push(Action::SignIn(tab));
        }
        let lets = matches!(page.machine.gate(now), Gate::Proceed(_) | Gate::Wait);
        if left.calls > 0 && lets && !page.parked {
            moves.push(Action::Call(tab));
        }
    }

    fn other_moves(&self, moves: &mut Vec<Action>) {
        let left = &self.trouble;
        for (index, node) in self.server.nodes.iter().enumerate() {
            let at = u8::try_from(index).expect("BUG: few nodes");
            if left.crashes > 0 {
                moves.push(Action::Crash(at));
            }
            if self.server.nodes.len() > 1 && node.denied != self.server.ended() {
                moves.push(Action::CatchUp(at));
            }
        }
        if left.thefts > 0 && self.browser.jar.is_some() {
            moves.push(Action::Steal);
        }
        let uses = self
            .exchanges
            .iter()
            .any(|exchange| exchange.by == Sender::Thief);
        if left.thief_uses > 0 && self.thief.token.is_some() && !uses {
            moves.push(Action::UseCopy);
        }
        if left.forgeries > 0 {
            moves.push(Action::Forge);
        }
        let fresh = self.browser.key.is_some() && self.browser.key_made == self.now;
        if left.key_races > 0 && fresh && !self.browser.blind {
            moves.push(Action::RaceForKey);
        }
        if left.disables > 0 {
            moves.push(Action::Disable);
        }
        if left.rekeys > 0 {
            moves.push(Action::Rekey);
        }
    }

    /// Time waits for nobody but for what the lengths of time promise: that a tab gives up when
    /// its patience is at an end, that the server never works longer than a tick on a request
    /// (its statements time out), and that a page looks around and asks for less than one.
    fn may_pass(&self, config: &Config) -> bool {
        let mut pages = self.browser.tabs.iter().flatten();
        let at_it = pages.any(|page| page.looks() || page.asks_until().is_some());
        let exchanges = &self.exchanges;
        !at_it
            && exchanges.iter().all(|exchange| {
                let of_tab = matches!(exchange.by, Sender::Tab(_));
                let patient = !of_tab || self.now < exchange.sent + config.lengths.patience;
                patient && !matches!(exchange.stage, Stage::Decided(_))
            })
    }

    /// Whether the browser's cookie has moved on while this was under way.
    pub(super) fn is_overtaken(&self, config: &Config, exchange: &Exchange) -> bool {
        if self.thief.acted {
            return false;
        }
        match (exchange.stage, exchange.request) {
            (
                Stage::Asked,
                Request::Refresh {
                    token: Some(token), ..
                },
            ) => {
                let row = &self.server.rows[usize::from(token.session)];
                !token.forged && token.generation + 2 <= row.generation
            }
            (Stage::Answered(Reply::Granted { token, .. }), _) => self.jar_is_newer(token),
            (Stage::Answered(Reply::Ended(_)), _) if !config.refusals_clear => false,
            (Stage::Answered(Reply::Gone | Reply::Ended(_)), request) => match request.token() {
                Some(token) => self.jar_is_newer(Token {
                    generation: u8::MAX,
                    ..token
                }),
                None => self.browser.jar.is_some(),
            },
            _ => false,
        }
    }

    fn jar_is_newer(&self, token: Token) -> bool {
        let order = |token: Token| (token.session, token.generation);
        self.browser
            .jar
            .is_some_and(|jar| order(jar) > order(token))
    }
}
