//! The `api` program.

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    api::command::run(api::command::Cli::parse()).await
}
