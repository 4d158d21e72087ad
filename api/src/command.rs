//! What the program can be told to do.

mod backup;
mod failure;
mod key;
mod log;
mod migrate;
mod openapi;
mod serve;
mod session;
mod user;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

use crate::clock::Clock;
use crate::config::{DatabaseSettings, ServeSettings};
use crate::db::{Database, Outage};
use protocol::Millis;

/// Countersign's backend. Every option is also an environment variable; secrets belong there.
#[derive(Parser)]
#[command(name = "api", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests until told to stop
    Serve(Box<ServeSettings>),
    /// Bring the database's schema up to date
    Migrate(DatabaseSettings),
    /// Copy an `SQLite` database while it is used, and check the copy
    Backup(backup::BackupSettings),
    /// Put a copy in the place of an `SQLite` database; every session ends
    Restore(backup::RestoreSettings),
    /// Print the `OpenAPI` spec
    Openapi,
    /// Look after the keys of access tokens
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Look after sessions from the command line
    #[command(subcommand)]
    Session(session::SessionCommand),
    /// Look after accounts from the command line
    #[command(subcommand)]
    User(user::UserCommand),
}

/// Does it. Exit code 0: done; 1: it failed; 2: the configuration cannot be used.
pub async fn run(cli: Cli) -> ExitCode {
    let log = log::start();
    let done = match cli.command {
        Command::Serve(settings) => serve::serve(*settings).await,
        Command::Migrate(settings) => migrate::migrate(&settings).await,
        Command::Backup(settings) => backup::backup(&settings).await,
        Command::Restore(settings) => backup::restore(&settings).await,
        Command::Openapi => openapi::print(),
        Command::Key(command) => key::run(command),
        Command::Session(command) => session::run(command).await,
        Command::User(command) => user::run(command).await,
    };
    // What was logged comes before what is said last.
    drop(log);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            failure.exit_code()
        }
    }
}

/// What time it is: by the database's clock, where it has one, because that of a terminal may show
/// another time than the nodes'.
async fn now(db: &Database) -> Result<Millis, Outage> {
    let told = db.now().await?;
    Ok(told.unwrap_or_else(|| Clock::system().now()))
}
