//! Refreshes on SQLite, by one client and by many.

use super::{CLIENTS, Found, Plan};
use crate::ready::CORE;
use crate::scripts::{Tab, measured};
use crate::server::Server;

/// A server, and those who refresh there.
pub struct Place {
    name: &'static str,
    server: Server,
    lone: Vec<Tab>,
    tabs: Vec<Tab>,
}

impl Place {
    /// With everybody signed in.
    pub async fn fill(name: &'static str, server: Server) -> Self {
        let mut tabs = Vec::new();
        for number in 0..=CLIENTS {
            tabs.push(Tab::registers(&server.address, number).await);
        }
        Self {
            name,
            lone: tabs.split_off(CLIENTS),
            server,
            tabs,
        }
    }

    /// One round, alone and together.
    pub async fn round(mut self, round: usize, plan: &Plan, found: &mut Found) -> Self {
        let outcome;
        (outcome, self.lone) = measured(&self.server, self.lone, plan.length).await;
        found.add_outcome((round, &format!("refresh {} alone", self.name)), &outcome);
        let outcome;
        (outcome, self.tabs) = measured(&self.server, self.tabs, plan.length).await;
        found.add_outcome((round, &format!("refresh {}", self.name)), &outcome);
        self
    }
}

/// Ours and theirs in turn.
pub async fn measure(plan: &Plan, found: &mut Found) {
    let mut places = vec![Place::fill("ours", Server::api_with(Some(CORE), &[])).await];
    if let Some(script) = plan.peer("express.mjs") {
        places.push(Place::fill("express", Server::peer(&script, "object")).await);
    }
    for round in 0..=plan.rounds {
        let mut after = Vec::new();
        for place in places {
            after.push(place.round(round, plan, found).await);
        }
        places = after;
    }
}
