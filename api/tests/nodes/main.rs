//! Three nodes behind a real proxy, on a PostgreSQL of their own: killed, restarted, drained and cut
//! off, while honest browsers go on. The proxy runs with the configuration that `docs/proxies` shows.
#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

#[path = "../it/constants.rs"]
mod constants;
mod crowd;
mod fleet;
mod on_postgres;
mod port;
#[path = "../it/postgres.rs"]
#[expect(dead_code, reason = "a standby is started by the other suite alone")]
mod postgres;
#[path = "../it/program.rs"]
#[expect(dead_code, reason = "the stories of api/tests/it use the rest")]
mod program;
mod proxy;
mod relay;
#[path = "../it/server.rs"]
#[expect(dead_code, reason = "the stories of api/tests/it use the rest")]
mod server;
#[path = "../faults/tab.rs"]
#[expect(dead_code, reason = "the stories of api/tests/faults use the rest")]
mod tab;
mod wait;
