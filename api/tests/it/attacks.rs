//! Attacks that succeeded once, replayed.

mod terminal_clocks;
