//! The proof of the protocol: the server's decision and the browser's machine in one world, with
//! tabs, nodes, a thief and a network that loses, repeats and reorders, looked at in every order
//! there is. The model checker is stateright: breadth first, so what it finds is a shortest story.

mod browser;
mod check;
mod config;
pub mod configurations;
mod describe;
mod invariant;
mod mutant;
mod network;
mod scenario;
mod server;
mod time;
mod token;
mod world;

pub use check::{Report, explore, shortest_breach};
pub use config::{CALM, Config, Durations, Fault, NO_TROUBLE};
pub use describe::describe;
pub use invariant::{Invariant, Violations};
pub use mutant::Mutant;
pub use scenario::{Actor, Scenario};
pub use world::{Action, Order, Outcome, World, quiesce};
