//! What attackers did to the released program, done again: bounded in number and time, against the
//! real program on a real socket or its router in process.

mod abandoned;
mod audit;
mod authority;
mod coming_back;
mod connections;
mod costly_passwords;
pub mod crowd;
mod deceptive_text;
mod descriptors;
mod heads;
mod hosts;
mod http2;
mod known_browsers;
mod password_spellings;
mod paths;
mod sign_out;
mod terminal_clocks;
mod waiting;
