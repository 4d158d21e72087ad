use super::CliError;
use crate::auth::token::keys::rotation::{self, KeyInfo, KeyStatus, Rotated};
use crate::clock::Clock;
use crate::config::{KeySettings, KeySource, duration};
use clap::Subcommand;
use protocol::Millis;

/// What can be done about the keys of access tokens.
#[derive(Subcommand)]
pub(super) enum KeyCommand {
    /// Plan the next key: `EdDSA` makes it, publishes it now and signs with it after the overlap;
    /// HS256 keeps the present `JWT_SECRET` for its last tokens, so that you can give it another
    Rotate {
        /// How long before the next key signs, or before you restart with the next secret
        #[arg(long, default_value = "1h")]
        overlap: String,
        #[command(flatten)]
        keys: KeySettings,
    },
    /// Show the keys and what each does
    List(KeySettings),
    /// Remove a key in an emergency: none of its tokens is good from then on
    Retire {
        /// Its id, as `api key list` shows it
        id: String,
        #[command(flatten)]
        keys: KeySettings,
    },
}

/// Does it, and says so.
pub(super) fn run(command: KeyCommand) -> Result<(), CliError> {
    let now = Clock::system().now();
    match command {
        KeyCommand::Rotate { overlap, keys } => {
            let overlap = duration::parse(&overlap).ok_or_else(|| {
                CliError::Other("--overlap is no length of time; write it like 1h".to_owned())
            })?;
            rotate(&keys.check()?, overlap, now)
        }
        KeyCommand::List(keys) => {
            for key in rotation::list(&keys.check()?, now)? {
                println!("{}", line(&key, now));
            }
            Ok(())
        }
        KeyCommand::Retire { id, keys } => {
            match rotation::remove(&keys.check()?, &id, now)? {
                Some(next) => println!("removed {id}; created {next} in its place"),
                None => println!("removed {id}"),
            }
            Ok(())
        }
    }
}

fn rotate(source: &KeySource, overlap: Millis, now: Millis) -> Result<(), CliError> {
    match rotation::rotate(source, overlap, now)? {
        Rotated::Pair { id, from: None } => println!("{id} signs from now on"),
        Rotated::Pair { id, from: Some(_) } => {
            let after = duration::format(overlap);
            println!("{id} is published and signs in {after}");
        }
        Rotated::Secret { id, until } => {
            let (left, after) = (duration::format(until - now), duration::format(overlap));
            println!("{id} (JWT_SECRET) verifies for another {left}");
            println!("change JWT_SECRET and restart every node within {after}");
        }
    }
    Ok(())
}

fn line(key: &KeyInfo, now: Millis) -> String {
    let left = |then: Millis| duration::format(then - now);
    let does = match key.status {
        KeyStatus::Pending(from) => format!("signs in {}", left(from)),
        KeyStatus::Active => "signs".to_owned(),
        KeyStatus::VerifyOnly(Some(until)) => format!("verifies for {} more", left(until)),
        KeyStatus::VerifyOnly(None) => "verifies".to_owned(),
        KeyStatus::Expired => "is over; the next rotation deletes it".to_owned(),
    };
    format!("{}  {}  {does}", key.id, key.algorithm.name())
}
