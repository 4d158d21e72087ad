//! The proof of the protocol: the server's decision and the browser's machine in one world, with
//! tabs, nodes, a thief and a network that loses, repeats and reorders, looked at in every order
//! there is. The model checker is stateright: breadth first, so what it finds is a shortest story.

mod browser;
mod check;
mod config;
pub mod configurations;
mod invariant;
mod mutant;
mod narrate;
mod network;
mod server;
mod story;
mod time;
mod token;
mod world;

pub use check::{Report, explore, shortest_breach};
pub use config::{CALM, Config, Lengths, NO_TROUBLE, Trouble};
pub use invariant::{Broken, Invariant};
pub use mutant::Mutant;
pub use narrate::narrate;
pub use story::{Party, Story};
pub use world::{Move, Order, Outcome, World, calm};
