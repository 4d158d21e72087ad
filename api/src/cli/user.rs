mod import;

use super::database;

use super::new_password;

use super::{CliError, now};
use crate::auth::account::admin::{UpdateError, update_from_cli};
use crate::auth::flow::register::{self, NewAccount, RegisterError};
use crate::auth::password::hash::Hasher;
use crate::config::{DatabaseSettings, HashSettings};
use crate::db::acting::{AdminDenied, Denied};
use crate::db::{self, Database};
use clap::{Args, Subcommand};
use import::ImportSettings;
use shared::admin::UpdateUser;
use shared::role::Role;
use shared::username;

/// What can be done about accounts.
#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Make an account; asks for the password, or reads one line of standard input
    Create {
        /// The name, after `--`: 3 to 32 letters, digits, `.`, `_` or `-`, the first a letter or digit; a
        /// reserved one, such as `admin`, too
        name: String,
        /// What its person may do besides what everybody may
        #[arg(long, value_parser = role)]
        role: Option<Role>,
        #[command(flatten)]
        hash: HashSettings,
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// Make the accounts of a file, one JSON object a line: all of them, or none
    Import(ImportSettings),
    /// Set what a person may do: user, or admin
    Role {
        #[command(flatten)]
        who: AccountArg,
        /// The role from now on
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Keep a person out and end their sessions
    Disable(AccountArg),
    /// Let a person in again
    Enable(AccountArg),
}

/// Somebody in some database.
#[derive(Args)]
pub(super) struct AccountArg {
    /// The name of the account, after `--`: what stands there is never read as an option
    name: String,
    #[command(flatten)]
    database: DatabaseSettings,
}

fn role(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| "choose user or admin".to_owned())
}

fn roles_with(role: Option<Role>) -> Vec<Role> {
    let mut roles = vec![Role::User];
    roles.extend(role.filter(|role| *role != Role::User));
    roles
}

/// Does it, and says so in one line.
pub(super) async fn run(command: UserCommand) -> Result<(), CliError> {
    match command {
        UserCommand::Create {
            name,
            role,
            hash,
            database,
        } => {
            let hasher = Hasher::new(hash.check()?);
            let db = database::open(&database.check()?).await?;
            create(&db, &hasher, name, &roles_with(role)).await
        }
        UserCommand::Import(settings) => import::import(settings).await,
        UserCommand::Role { who, role } => {
            let roles = Some(roles_with(Some(role)));
            let change = UpdateUser {
                roles,
                disabled: None,
            };
            update(who, change).await
        }
        UserCommand::Disable(who) => update(who, set_disabled(true)).await,
        UserCommand::Enable(who) => update(who, set_disabled(false)).await,
    }
}

fn set_disabled(disabled: bool) -> UpdateUser {
    UpdateUser {
        roles: None,
        disabled: Some(disabled),
    }
}

async fn create(
    db: &Database,
    hasher: &Hasher,
    name: String,
    roles: &[Role],
) -> Result<(), CliError> {
    let password = new_password::read().await?;
    let account = NewAccount {
        name,
        password,
        roles,
    };
    let made = register::create(db, hasher, account, now(db).await?).await;
    let user = made.map_err(|error| match error {
        RegisterError::Invalid(errors) => {
            let broken = errors.0.iter();
            let lines = broken.map(|error| format!("{}: {}", error.field, error.message));
            CliError::Other(lines.collect::<Vec<_>>().join(" "))
        }
        other => CliError::Other(other.to_string()),
    })?;
    println!("created user {} (roles: {})", user.username, user.roles);
    Ok(())
}

async fn update(who: AccountArg, change: UpdateUser) -> Result<(), CliError> {
    let db = database::open(&who.database.check()?).await?;
    let name = username::canonical(&who.name);
    let user = db::user::by_username(&db, &name).await?;
    let user = user.ok_or_else(|| CliError::Other(format!("there is nobody called {name}")))?;
    let changed = update_from_cli(&db, &user.id, change, now(&db).await?).await;
    let ended = changed.map_err(|error| match error {
        UpdateError::Denied(AdminDenied::User(Denied::Outage(outage))) => outage.into(),
        other => CliError::Other(other.to_string()),
    })?;
    let ended = ended.map_or(0, |(ids, _)| ids.len());
    println!("updated user {name}; {ended} sessions revoked");
    Ok(())
}
