use super::{Failure, database};
use crate::auth::admin::{end_at_terminal, end_everyone};
use crate::clock::Clock;
use crate::config::DatabaseSettings;
use crate::db;
use crate::db::session::Which;
use clap::{ArgGroup, Args, Subcommand};
use shared::username;

/// What can be done about sessions.
#[derive(Subcommand)]
pub(super) enum SessionCommand {
    /// End the sessions of one person, or of everyone: running servers refuse them within a second
    End(End),
}

/// Whose.
#[derive(Args)]
#[command(group = ArgGroup::new("whose").required(true).args(["name", "everyone"]))]
pub(super) struct End {
    /// The name of the account
    name: Option<String>,
    /// Everyone's
    #[arg(long)]
    everyone: bool,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Does it, and says so in one line.
pub(super) async fn run(command: SessionCommand) -> Result<(), Failure> {
    let SessionCommand::End(End { name, database, .. }) = command;
    let db = database::open(&database.check()?).await?;
    let now = Clock::system().now();
    let ended = match name.map(|name| username::canonical(&name)) {
        Some(name) => {
            let user = db::user::by_username(&db, &name).await?;
            let user =
                user.ok_or_else(|| Failure::Other(format!("there is nobody called {name}")))?;
            end_at_terminal(&db, Which::AllOf(&user.id), now).await?
        }
        None => end_everyone(&db, now).await?,
    };
    println!("{ended} sessions ended");
    Ok(())
}
