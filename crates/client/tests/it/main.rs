//! The client against a scripted server, a steerable clock and sibling tabs, by its public API.
//!
//! Names that are also names of public failures of other systems cite where those were seen.

mod calls;
mod debug_snapshot;
mod endpoints;
mod industry;
mod reauth;
mod refresh;
mod rejection;
mod reload;
mod sign_in_out;
mod tabs;
mod world;
