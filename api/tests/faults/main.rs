//! What is left of the promises when processes die and databases fail: the real program, real files,
//! a real PostgreSQL, and `kill -9`.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod cluster;
#[path = "../it/constants.rs"]
mod constants;
mod crash;
mod failing_file;
mod on_postgres;
#[path = "../it/place.rs"]
mod place;
#[path = "../it/postgres.rs"]
#[expect(dead_code, reason = "a standby is started by the other suite alone")]
mod postgres;
mod process;
#[path = "../it/program.rs"]
#[expect(dead_code, reason = "the stories of api/tests/it use the rest")]
mod program;
#[path = "../it/server.rs"]
#[expect(dead_code, reason = "the stories of api/tests/it use the rest")]
mod server;
mod storm;
mod tab;
