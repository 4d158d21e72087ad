//! Reading a new password: twice and unseen where somebody types it at a terminal, one line of
//! standard input where a program writes it.

use super::CliError;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use shared::password::Password;
use std::io::{self, BufRead, IsTerminal, Write};
use std::thread;
use tokio::sync::oneshot;

/// The password for a new account.
pub(super) async fn read() -> Result<Password, CliError> {
    if !io::stdin().is_terminal() {
        return line(&mut io::stdin().lock()).map_err(|error| unreadable(&error));
    }
    let hidden = Hidden::begin().map_err(|error| unreadable(&error))?;
    let (answer, answered) = oneshot::channel();
    // A thread, because nothing interrupts a read of the terminal: the process ends beside it.
    thread::spawn(move || answer.send(ask_twice()));
    let answered = tokio::select! {
        answered = answered => answered.expect("BUG: reading the terminal panicked"),
        _ = tokio::signal::ctrl_c() => Err(io::ErrorKind::Interrupted.into()),
    };
    drop(hidden);
    let [password, again] = answered.map_err(|error| unreadable(&error))?;
    if password.expose() == again.expose() {
        Ok(password)
    } else {
        Err(CliError::Other("the two passwords differ".to_owned()))
    }
}

fn ask_twice() -> io::Result<[Password; 2]> {
    // One reader for both: it may hold the second line when it gives the first.
    let mut stdin = io::stdin().lock();
    let mut ask = |prompt: &str| {
        let mut stderr = io::stderr();
        stderr.write_all(prompt.as_bytes())?;
        stderr.flush()?;
        line(&mut stdin)
    };
    Ok([ask("Password: ")?, ask("The same again: ")?])
}

fn line(input: &mut impl BufRead) -> io::Result<Password> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(Password::new(line.trim_end_matches(['\r', '\n'])))
}

fn unreadable(error: &io::Error) -> CliError {
    CliError::Other(format!("the password could not be read: {error}"))
}

/// What is typed is not shown, from before the first prompt until this is dropped: nothing that is
/// typed early or pasted appears between two prompts.
struct Hidden {
    before: Termios,
}

impl Hidden {
    fn begin() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        hidden.local_modes.insert(LocalModes::ECHONL);
        tcsetattr(io::stdin(), OptionalActions::Now, &hidden)?;
        Ok(Self { before })
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}
