//! Dev orchestration. `cargo xtask` alone lists what it can do.

mod args;
mod bench;
mod browser;
mod child_guard;
mod clients;
mod containers;
mod dev;
mod dist;
mod doctor;
mod e2e;
mod environment;
mod json;
mod model;
mod openapi;
mod postgres;
mod probe;
mod proxies;
mod readme_check;
mod shutdown_test;
mod supervisor;
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
