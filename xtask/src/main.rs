//! Dev orchestration. `cargo xtask` alone lists what it can do.

mod args;
mod bench;
mod browser;
mod clients;
mod containers;
mod crew;
mod dev;
mod dist;
mod doctor;
mod e2e;
mod environment;
mod examples;
mod json;
mod leash;
mod model;
mod openapi;
mod postgres;
mod probe;
mod proxies;
mod rehearsal;
mod test;
mod tidy;
mod tools;
mod trunk;
mod verb;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    verb::run(&args)
}
