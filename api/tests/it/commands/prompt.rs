//! A password that is typed at a terminal.

use super::{migrated, on};
use crate::world::PASSWORD;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use tempfile::TempDir;

/// Longer than anything here takes.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A terminal at which the program runs.
struct Terminal {
    child: Child,
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    shown: String,
}

impl Terminal {
    fn runs(folder: &TempDir, arguments: &[&str]) -> Self {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let path = ptsname(&ours, Vec::new()).unwrap();
        let mut open = OpenOptions::new();
        let open = open.read(true).write(true);
        let theirs = open.open(path.to_str().unwrap()).unwrap();
        let child = Command::new("setsid")
            .args(["--ctty", "--wait", env!("CARGO_BIN_EXE_api")])
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .envs([("ARGON2_MEMORY_KIB", "7168"), ("ARGON2_ITERATIONS", "1")])
            .stdin(theirs.try_clone().unwrap())
            .stdout(theirs.try_clone().unwrap())
            .stderr(theirs)
            .spawn()
            .unwrap();
        let keyboard = File::from(ours);
        let mut reader = keyboard.try_clone().unwrap();
        let (send, screen) = mpsc::channel();
        std::thread::spawn(move || {
            let mut part = [0; 1024];
            // Reading fails once nobody holds the other end.
            while let Ok(length @ 1..) = reader.read(&mut part) {
                if send.send(part[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keyboard,
            screen,
            shown: String::new(),
        }
    }

    #[track_caller]
    fn shows(&mut self, text: &str) {
        while !self.shown.contains(text) {
            let part = self.screen.recv_timeout(TIMEOUT);
            let part = part.unwrap_or_else(|_| panic!("{text} is not in {}", self.shown));
            self.shown.push_str(&String::from_utf8_lossy(&part));
        }
    }

    fn types(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).unwrap();
    }

    /// How it ended, and all that was to be seen.
    fn ends(mut self) -> (ExitStatus, String) {
        while let Ok(part) = self.screen.recv_timeout(TIMEOUT) {
            self.shown.push_str(&String::from_utf8_lossy(&part));
        }
        (self.child.wait().unwrap(), self.shown.clone())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Already gone where the story told its end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_password_that_is_typed_is_asked_for_twice_and_not_shown() {
    let folder = migrated();
    let mut terminal = Terminal::runs(&folder, &["user", "create", "--", "alice"]);
    terminal.shows("Password: ");
    terminal.types(&format!("{PASSWORD}\n"));
    terminal.shows("The same again: ");
    terminal.types(&format!("{PASSWORD}\n"));
    let (status, shown) = terminal.ends();
    assert!(status.success(), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    let world = on(&folder).await;
    world.browser().signs_in("alice", PASSWORD).await.is(200);
}

#[test]
fn what_is_pasted_before_it_is_asked_for_is_not_shown_between_the_prompts() {
    let folder = migrated();
    let mut terminal = Terminal::runs(&folder, &["user", "create", "--", "alice"]);
    terminal.shows("Password: ");
    terminal.types(&format!("{PASSWORD}\n{PASSWORD}\n"));
    let (status, shown) = terminal.ends();
    assert!(status.success(), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
}

#[tokio::test]
async fn a_slip_of_the_fingers_makes_no_account() {
    let folder = migrated();
    let mut terminal = Terminal::runs(&folder, &["user", "create", "--", "alice"]);
    terminal.shows("Password: ");
    terminal.types(&format!("{PASSWORD}\n{PASSWORD}.\n"));
    let (status, shown) = terminal.ends();
    assert_eq!(status.code(), Some(1), "{shown}");
    assert!(shown.contains("the two passwords differ"), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    let refused = on(&folder)
        .await
        .browser()
        .signs_in("alice", PASSWORD)
        .await;
    refused.refused_as(401, "invalid_credentials");
}

#[test]
fn a_prompt_that_is_interrupted_gives_the_terminal_back() {
    let folder = migrated();
    let mut terminal = Terminal::runs(&folder, &["user", "create", "--", "alice"]);
    let before = rustix::termios::tcgetattr(&terminal.keyboard).unwrap();
    assert!(
        before
            .local_modes
            .contains(rustix::termios::LocalModes::ECHO)
    );
    terminal.shows("Password: ");
    terminal.types("\u{3}");
    terminal.shows("could not be read");
    let after = rustix::termios::tcgetattr(&terminal.keyboard).unwrap();
    assert!(
        after
            .local_modes
            .contains(rustix::termios::LocalModes::ECHO)
    );
    let (status, shown) = terminal.ends();
    assert_eq!(status.code(), Some(1), "{shown}");
}
