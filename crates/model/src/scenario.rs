//! A run told step by step, in the words of those to whom it happens.

use crate::config::{Config, Fault, NO_TROUBLE};
use crate::network::{Reply, Request, Rule, Sender, Stage};
use crate::time::{Tick, ticks};
use crate::world::quiesce;
use crate::world::{Action, Order, World};

/// A world, and what is done to it. Asking for what cannot happen is a bug of the story.
#[derive(Clone, Debug)]
pub struct Scenario {
    config: Config,
    world: World,
}

impl Scenario {
    /// Alice has signed in; that many tabs are open, out of so many that will be.
    pub fn begins(open: u8, tabs: u8) -> Self {
        Self::begins_with(Config {
            tabs,
            open,
            ..crate::config::CALM
        })
    }

    /// The same in a world of one's own.
    pub fn begins_with(config: Config) -> Self {
        let plenty = Fault {
            loads: 9,
            losses: 9,
            duplicates: 9,
            outages: 9,
            sign_outs: 9,
            sign_ins: 9,
            calls: 9,
            thefts: 9,
            thief_uses: 9,
            ..NO_TROUBLE
        };
        let config = Config {
            trouble: plenty,
            horizon: Tick::MAX,
            ..config
        };
        let world = World::start(&config);
        Self { config, world }
    }

    /// That tab of the browser.
    pub fn tab(&mut self, tab: u8) -> Actor<'_> {
        let by = Sender::Tab(tab);
        Actor { story: self, by }
    }

    /// Whoever copied the cookie.
    pub fn thief(&mut self) -> Actor<'_> {
        let by = Sender::Thief;
        Actor { story: self, by }
    }

    /// Somebody copies the cookie as it is now.
    pub fn cookie_is_copied(&mut self) {
        self.happens(Action::Steal);
    }

    /// That many ticks pass.
    pub fn time_passes(&mut self, ticks: Tick) {
        for _ in 0..ticks {
            self.happens(Action::Pass);
        }
    }

    /// What can go on goes on, and time as far as the next refresh and its end.
    pub fn settles(&mut self) {
        let outcome = quiesce(&self.config, &self.world, Order::NetworkFirst);
        assert!(outcome.rested, "BUG: this story never ends");
        self.world = outcome.world;
        self.world.trouble = self.config.trouble;
    }

    /// How often Alice's session was rotated.
    pub fn rotations(&self) -> u8 {
        self.world.server.rows[0].generation
    }

    /// Whether Alice's session is over.
    pub fn is_over(&self) -> bool {
        self.world.server.rows[0].ended_at.is_some()
    }

    /// The number of the token in the cookie.
    pub fn cookie(&self) -> Option<u8> {
        self.world.browser.jar.map(|token| token.generation)
    }

    /// How many requests of the browser are under way.
    pub fn requests(&self) -> usize {
        self.world.exchanges.len()
    }

    /// Whether any invariant was broken.
    pub fn is_sound(&self) -> bool {
        self.world.broken == crate::invariant::Violations::default()
    }

    fn happens(&mut self, next: Action) {
        let can = self.world.moves(&self.config);
        assert!(
            can.contains(&next),
            "BUG: {next:?} cannot happen, but {can:?}"
        );
        self.world = self.world.after(&self.config, next);
    }
}

/// Somebody in a story.
#[derive(Debug)]
pub struct Actor<'a> {
    story: &'a mut Scenario,
    by: Sender,
}

impl Actor<'_> {
    fn number(&self) -> u8 {
        match self.by {
            Sender::Tab(tab) => tab,
            Sender::Thief | Sender::Nobody => panic!("BUG: the thief has no tab"),
        }
    }

    fn page(&mut self) -> &crate::browser::Tab {
        let number = self.number();
        self.story
            .world
            .tab(number)
            .expect("BUG: that tab is closed")
    }

    fn request(&self) -> u8 {
        let mut exchanges = self.story.world.exchanges.iter();
        let found = exchanges.position(|exchange| exchange.by == self.by);
        u8::try_from(found.expect("BUG: nothing is under way")).expect("BUG: few are under way")
    }

    fn stage(&self) -> Stage {
        self.story.world.exchanges[usize::from(self.request())].stage
    }

    /// The page is loaded, or loaded again, and sees nobody who set out before it.
    pub fn loads(&mut self) {
        self.story.happens(Action::Load(self.number()));
        if self.page().looks() {
            self.story.happens(Action::LookInVain(self.number()));
        }
    }

    /// The page is loaded, and asks the sibling that set out before it.
    pub fn loads_and_asks(&mut self) {
        self.story.happens(Action::Load(self.number()));
        self.story.happens(Action::Look(self.number()));
    }

    /// The time of the early refresh has come.
    pub fn refreshes(&mut self) {
        let due = self.page().alarm.map(ticks).expect("BUG: no timer is set");
        let now = self.story.world.now;
        self.story.time_passes(due.saturating_sub(now));
        self.story.happens(Action::Ring(self.number()));
    }

    /// Everything that siblings told is heard.
    pub fn hears(&mut self) {
        while !self.page().inbox.is_empty() {
            self.story.happens(Action::Hear(self.number()));
        }
    }

    /// The page wakes.
    pub fn wakes(&mut self) {
        self.story.happens(Action::Wake(self.number()));
    }

    /// A call wants to go out.
    pub fn calls(&mut self) {
        self.story.happens(Action::Call(self.number()));
    }

    /// The copy is presented.
    pub fn presents_the_copy(&mut self) {
        self.story.happens(Action::UseCopy);
    }

    /// A node reads the row and decides.
    pub fn is_read_on(&mut self, node: u8) {
        let at = self.request();
        self.story.happens(Action::Serve(at, node));
    }

    /// The server does all of its work on the request.
    pub fn is_served(&mut self) {
        while !matches!(self.stage(), Stage::Answered(_)) {
            let at = self.request();
            let next = match self.stage() {
                Stage::Decided(_) => Action::Write(at),
                Stage::Asked | Stage::Answered(_) => Action::Serve(at, 0),
            };
            self.story.happens(next);
        }
    }

    /// The server cannot serve it now, and says so.
    pub fn meets_an_outage(&mut self) {
        let at = self.request();
        self.story.happens(Action::Outage(at));
        self.gets_the_answer();
    }

    /// The answer arrives.
    pub fn gets_the_answer(&mut self) {
        let at = self.request();
        self.story.happens(Action::Arrive(at));
    }

    /// The answer, or the request, is lost, and the tab knows.
    pub fn loses_it(&mut self) {
        let at = self.request();
        self.story.happens(Action::GiveUp(at));
    }

    /// The cookie arrives, the answer's body does not.
    pub fn gets_the_cookie_only(&mut self) {
        let at = self.request();
        self.story.happens(Action::LoseBody(at));
    }

    /// The request is delivered once more.
    pub fn is_delivered_twice(&mut self) {
        let at = self.request();
        self.story.happens(Action::Duplicate(at));
    }

    /// What the server answers: the number of the token, or nothing.
    pub fn is_granted(&self) -> Option<u8> {
        match self.stage() {
            Stage::Answered(Reply::Granted { token, .. }) => Some(token.generation),
            _ => None,
        }
    }

    /// Whether the answer repeats what another request was given.
    pub fn is_repeated(&self) -> bool {
        matches!(
            self.stage(),
            Stage::Answered(Reply::Granted {
                rule: Rule::Retry | Rule::Race,
                ..
            })
        )
    }

    /// Whether a request for a new token is under way.
    pub fn is_refreshing(&self) -> bool {
        let mut exchanges = self.story.world.exchanges.iter();
        exchanges.any(|exchange| {
            exchange.by == self.by && matches!(exchange.request, Request::Refresh { .. })
        })
    }

    /// Whether the page has a token.
    pub fn is_signed_in(&mut self) -> bool {
        let page = self.page();
        page.is_live() && page.access.is_some()
    }

    /// Whether the page would show the sign-in form.
    pub fn is_signed_out(&mut self) -> bool {
        !self.page().is_live()
    }
}
