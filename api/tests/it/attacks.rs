//! What attackers did to the running program, done again.

mod hosts;
mod paths;
