//! Sends what has its turn, and takes in what comes back.

use super::Want;
use crate::config::Config;
use crate::invariant::Invariant;
use crate::mutant::Mutant;
use crate::network::{Exchange, Reply, Request, Sender, Stage};
use crate::time::millis;
use crate::token::{Access, Key, Reason};
use crate::world::World;
use protocol::Millis;
use protocol::client::{Epoch, Event, Gate, RequestStatus, ServerResponse, State, TokenLifetime};

/// What our 503 asks for.
const RETRY_AFTER: Millis = Millis::from_secs(1);

impl World {
    /// One exchange at a time may change the cookie; whoever waited looks again whether it is due.
    pub(crate) fn take_turns(&mut self, config: &Config, tab: u8) {
        while !self.is_busy(tab) {
            let Some(page) = self.tab(tab).filter(|page| !page.queue.is_empty()) else {
                return;
            };
            match page.queue.remove(0) {
                Want::Refresh(epoch) => self.refresh(config, tab, epoch),
                Want::Leave(epoch) => self.leave_for(config, tab, epoch),
                Want::SignIn(person) => {
                    let token = self.browser.jar;
                    self.send(tab, Request::SignIn { person, token });
                }
            }
        }
    }

    fn is_busy(&self, tab: u8) -> bool {
        self.exchanges.iter().any(|exchange| {
            exchange.by == Sender::Tab(tab) && !matches!(exchange.request, Request::Call { .. })
        })
    }

    fn refresh(&mut self, config: &Config, tab: u8, epoch: Epoch) {
        let Some(page) = self.tab(tab) else { return };
        let due = page.machine.epoch == epoch
            && page.is_live()
            && matches!(page.effort(), Some(RequestStatus::InFlight { .. }));
        if !due {
            return;
        }
        let key = Some(self.attempt(config));
        self.browser.key_by = Some(tab);
        if let Some(page) = self.tab(tab) {
            page.key = key;
        }
        self.becomes_spender(config, tab);
        let token = self.browser.jar;
        self.send(tab, Request::Refresh { token, key, epoch });
    }

    /// The key that the tabs share now; made where there is none.
    fn attempt(&mut self, config: &Config) -> Key {
        let own = config.mutant == Some(Mutant::KeyPerTry);
        let blind = std::mem::take(&mut self.browser.blind);
        if let Some(key) = self.browser.key.filter(|_| !blind && !own) {
            return key;
        }
        let key = self.unused_key();
        self.browser.key = Some(key);
        self.browser.key_made = if config.trouble.key_races > 0 {
            self.now
        } else {
            0
        };
        key
    }

    /// A key that nobody knows: which, matters not, so the first will do.
    fn unused_key(&self) -> Key {
        let of_request = |exchange: &Exchange| match exchange.request {
            Request::Refresh { key, .. } => key,
            _ => None,
        };
        let used = |key: Key| {
            let key = Some(key);
            self.browser.key == key
                || self.server.rows.iter().any(|row| row.attempt == key)
                || self
                    .exchanges
                    .iter()
                    .any(|exchange| of_request(exchange) == key)
                || self.browser.tabs.iter().flatten().any(|tab| tab.key == key)
        };
        (1..u8::MAX)
            .map(Key)
            .find(|key| !used(*key))
            .expect("BUG: runs are short")
    }

    fn leave_for(&mut self, config: &Config, tab: u8, epoch: Epoch) {
        let hint = self.browser.hint;
        if hint.epoch() > epoch {
            // Somebody signed in elsewhere meanwhile: the cookie is theirs now.
            self.wakes(config, tab);
        }
        let Some(page) = self.tab(tab) else { return };
        let pending_logout = matches!(
            page.machine.state,
            State::SignedOut {
                pending_logout: Some(_),
                ..
            }
        );
        if pending_logout && page.machine.epoch == epoch {
            let token = self.browser.jar;
            self.send(tab, Request::Leave { token, epoch });
        }
    }

    pub(crate) fn send(&mut self, tab: u8, request: Request) {
        self.exchanges.push(Exchange {
            by: Sender::Tab(tab),
            request,
            sent: self.now,
            stage: Stage::Asked,
        });
    }

    /// The browser takes the cookie from an answer, before any script hears of it.
    pub(crate) fn keep_cookie(&mut self, config: &Config, request: &Request, reply: Option<Reply>) {
        let any = config.mutant == Some(Mutant::AnyFailureClearsCookie);
        match (request, reply) {
            (_, Some(Reply::Granted { token, .. })) => self.browser.jar = Some(token),
            (_, Some(Reply::Gone)) => self.browser.jar = None,
            (Request::Refresh { .. }, Some(Reply::Ended(_))) if config.refusals_clear => {
                self.browser.jar = None;
            }
            (Request::Refresh { .. }, None | Some(Reply::Busy)) if any => self.browser.jar = None,
            (Request::Refresh { .. }, Some(Reply::Rejected))
                if config.mutant == Some(Mutant::RejectionClearsCookie) =>
            {
                self.browser.jar = None;
            }
            _ => {}
        }
    }

    /// A tab hears the answer; `None` where it gave up.
    pub(crate) fn answered(
        &mut self,
        config: &Config,
        tab: u8,
        request: Request,
        reply: Option<Reply>,
    ) {
        match request {
            Request::Refresh { epoch, .. } => {
                let (response, access) = self.meaning(reply);
                let event = Event::RefreshResponse {
                    epoch,
                    response,
                    jitter: 0,
                };
                let due = self
                    .tab(tab)
                    .is_some_and(|page| page.machine.epoch == epoch);
                self.refreshed(config, tab, event, access);
                if due && reply == Some(Reply::Rejected) {
                    self.check_rejection(tab);
                }
            }
            Request::Leave { epoch, .. } => {
                let response = match reply {
                    Some(Reply::Gone) => ServerResponse::Granted {
                        ttl: Millis::default(),
                    },
                    _ => self.meaning(reply).0,
                };
                let event = Event::LogoutResponse {
                    epoch,
                    response,
                    jitter: 0,
                };
                self.dispatch(config, tab, event, None);
            }
            Request::SignIn { .. } => self.signed_in(config, tab, reply),
            Request::Call { serial, .. } => self.called(config, tab, serial, reply),
        }
        self.take_turns(config, tab);
    }

    fn refreshed(
        &mut self,
        config: &Config,
        tab: u8,
        event: Event<Reason>,
        access: Option<Access>,
    ) {
        let live_in = |world: &mut Self| {
            let page = world.tab(tab).filter(|page| page.is_live());
            page.map(|page| page.machine.epoch)
        };
        let hint = self.browser.hint.epoch();
        let before = live_in(self);
        self.dispatch(config, tab, event, access);
        if let (Some(epoch), None) = (before, live_in(self)) {
            self.check_sign_out(epoch, hint);
        }
    }

    /// A page that waits after a rejected refresh, without a good token, must show the form: the
    /// rejection may last, and nobody may be stuck before it.
    fn check_rejection(&mut self, tab: u8) {
        let now = millis(self.now);
        let Some(page) = self.tab(tab) else { return };
        let waits = matches!(page.effort(), Some(RequestStatus::Backoff { .. })) && page.is_live();
        let good = matches!(page.machine.gate(now), Gate::Proceed(_));
        if waits && !good && !page.offers_sign_in(now) {
            self.broken.add(Invariant::RejectedMaySignIn);
        }
    }

    /// What an answer means to the machine.
    fn meaning(&self, reply: Option<Reply>) -> (ServerResponse<Reason>, Option<Access>) {
        match reply {
            Some(Reply::Granted { access, .. }) => {
                let ttl = millis(access.expires.saturating_sub(self.now).max(1));
                (ServerResponse::Granted { ttl }, Some(access))
            }
            Some(Reply::Ended(reason)) => (ServerResponse::SessionEnded(reason), None),
            Some(Reply::Rejected) => (ServerResponse::Rejected { by_api: true }, None),
            Some(Reply::Busy) => {
                let retry_after = Some(RETRY_AFTER);
                (ServerResponse::Transient { retry_after }, None)
            }
            _ => (ServerResponse::Transient { retry_after: None }, None),
        }
    }

    fn signed_in(&mut self, config: &Config, tab: u8, reply: Option<Reply>) {
        if let (ServerResponse::Granted { ttl }, Some(access)) = self.meaning(reply) {
            let known = self.browser.hint.epoch();
            let lifetime = TokenLifetime { ttl, jitter: 0 };
            self.browser.session = Some(access.session);
            self.dispatch(
                config,
                tab,
                Event::SignedIn { lifetime, known },
                Some(access),
            );
        } else if let (None, Some(page)) = (reply, self.tab(tab))
            && config.mutant != Some(Mutant::LostSignInForgotten)
        {
            // Whose the cookie is now, only a refresh can tell.
            let serial = page.machine.serial;
            self.dispatch(config, tab, Event::CallUnauthorized { serial }, None);
        }
    }

    fn called(&mut self, config: &Config, tab: u8, serial: u32, reply: Option<Reply>) {
        match reply {
            Some(Reply::Ended(reason)) => {
                self.dispatch(
                    config,
                    tab,
                    Event::CallSessionEnded { serial, reason },
                    None,
                );
            }
            Some(Reply::Stale) => {
                self.dispatch(config, tab, Event::CallUnauthorized { serial }, None);
                let now = millis(self.now);
                if let Some(page) = self.tab(tab) {
                    page.parked = page.machine.gate(now) == Gate::Wait;
                }
            }
            _ => {}
        }
    }
}
