//! What attackers did to the released program, done again: bounded in number and time, against the
//! real program on a real socket.

mod abandoned;
mod connections;
pub mod crowd;
mod descriptors;
mod heads;
mod hosts;
mod http2;
mod paths;
mod terminal_clocks;
mod waiting;
