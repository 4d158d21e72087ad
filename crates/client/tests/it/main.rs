//! The client against a scripted server, a steerable clock and sibling tabs, by its public API.
//!
//! Names that are also names of public failures of other systems cite where those were seen.

mod calls;
mod doors;
mod industry;
mod inspect;
mod passage;
mod place;
mod refresh;
mod rejection;
mod reload;
mod tabs;
mod world;
