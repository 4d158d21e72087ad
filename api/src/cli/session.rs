use super::database;
use super::{CliError, now};
use crate::auth::account::admin::{raise_cutoff, revoke_below_cutoff, revoke_from_cli};
use crate::config::DatabaseSettings;
use crate::db::session::Selector;
use crate::db::{self, Database, DbError};
use clap::{ArgGroup, Args, Subcommand};
use protocol::Millis;
use shared::username;

/// It is told how far it is after so many rows.
const PROGRESS_STEP: usize = 10_000;

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
    /// The name of the account, after `--`: what stands there is never read as an option
    name: Option<String>,
    /// Everyone's
    #[arg(long)]
    everyone: bool,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Does it, and says so in one line.
pub(super) async fn run(command: SessionCommand) -> Result<(), CliError> {
    let SessionCommand::End(End { name, database, .. }) = command;
    let db = database::open(&database.check()?).await?;
    let now = now(&db).await?;
    let ended = match name.map(|name| username::canonical(&name)) {
        Some(name) => {
            let user = db::user::by_username(&db, &name).await?;
            let user =
                user.ok_or_else(|| CliError::Other(format!("there is nobody called {name}")))?;
            revoke_from_cli(&db, Selector::AllOf(&user.id), now).await?
        }
        None => end_everyone(&db, now).await?,
    };
    println!("{ended} sessions revoked");
    Ok(())
}

/// All are refused before the first row says so, and what remains takes as long as it takes.
async fn end_everyone(db: &Database, now: Millis) -> Result<usize, DbError> {
    raise_cutoff(db, now).await?;
    eprintln!("all sessions that started before now are rejected; marking each as revoked");
    revoke_below_cutoff(db, now, |ended| {
        if ended.is_multiple_of(PROGRESS_STEP) {
            eprintln!("{ended} sessions so far");
        }
    })
    .await
}
