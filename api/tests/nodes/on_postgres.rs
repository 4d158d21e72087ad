//! The stories, each on a database of its own.

mod cut;
mod ends;
mod rolls;
mod schema;
mod tries;
