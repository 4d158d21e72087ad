//! What the program can be told to do.

mod backup;
mod database;
mod error;
mod health;
mod key;
mod migrate;
mod new_password;
mod openapi;
mod serve;
mod session;
mod user;

use crate::clock::Clock;
use crate::config::{ConfigErrors, DatabaseSettings, Faults, HealthSettings, ServeSettings, text};
use crate::db::{Database, DbError};
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use error::CliError;
use protocol::Millis;
use std::process::ExitCode;

/// Countersign's backend. Every option is also an environment variable; secrets belong there.
#[derive(Parser)]
#[command(name = "api", display_name = "Countersign", version)]
pub struct Cli {
    /// What the log shows: trace, debug, info, warn, error, off, and by part as in info,request=off
    #[arg(
        long,
        global = true,
        env = "RUST_LOG",
        hide_env_values = true,
        default_value = "info"
    )]
    rust_log: String,
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
    /// Ask the server that runs here whether it can do its work; exit code 1 where it cannot
    Health(HealthSettings),
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

/// Does what it is told. Exit code 0: done; 1: it failed; 2: the configuration cannot be used.
pub async fn run() -> ExitCode {
    match run_command().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            for line in failure.to_string().lines() {
                eprintln!("error: {line}");
            }
            failure.exit_code()
        }
    }
}

async fn run_command() -> Result<(), CliError> {
    let cli = parse_args()?;
    let log = crate::logging::start(&cli.rust_log)?;
    let done = execute(cli.command).await;
    // What was logged comes before what is said last.
    drop(log);
    done
}

/// What was typed, with what the environment adds to it. A value that a file or a shell spoilt is
/// refused here, whatever it is for.
fn parse_args() -> Result<Cli, ConfigErrors> {
    let mut command = Cli::command();
    let matches = match command.try_get_matches_from_mut(std::env::args_os()) {
        Ok(matches) => matches,
        Err(error) => {
            if error.kind() == ErrorKind::InvalidUtf8 {
                text::unreadable(&command)?;
            }
            error.exit()
        }
    };
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let mut faults = Faults::default();
    if faults.take(text::check(&command, &matches)).is_none()
        && let Command::Serve(settings) = &cli.command
    {
        // It will not start; what else is wrong is told at once.
        faults.take(serve::faults(settings));
    }
    faults.finish(Some(cli))
}

async fn execute(command: Command) -> Result<(), CliError> {
    match command {
        Command::Serve(settings) => serve::serve(*settings).await,
        Command::Migrate(settings) => migrate::migrate(&settings).await,
        Command::Backup(settings) => backup::backup(&settings).await,
        Command::Restore(settings) => backup::restore(&settings).await,
        Command::Openapi => openapi::print(),
        Command::Key(command) => key::run(command),
        Command::Session(command) => session::run(command).await,
        Command::User(command) => user::run(command).await,
        Command::Health(settings) => health::health(&settings).await,
    }
}

/// What time it is: by the database's clock, where it has one, because that of a terminal may show
/// another time than the nodes'.
async fn now(db: &Database) -> Result<Millis, DbError> {
    let told = db.now().await?;
    Ok(told.unwrap_or_else(|| Clock::system().now()))
}
