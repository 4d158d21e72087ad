//! A person in front of a browser: what they do, and what they see.

mod access;
mod account;
mod eyes;
mod hands;
mod network;
mod passage;
mod portrait;
mod tabs;
mod verdict;

pub use tabs::Tab;

use crate::browser;
use crate::console::Said;
use crate::leak;
use crate::picture::Album;
use crate::record::Record;
use crate::setting::Setting;
use crate::story::Story;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;
use thirtyfour::WebDriver;

/// Somebody with an account, or who will have one, and a browser of their own.
#[derive(Debug)]
pub struct Person {
    /// What they call themselves.
    pub name: String,
    /// Their password.
    pub password: String,
    driver: WebDriver,
    origin: String,
    story: Arc<Story>,
    album: Album,
    axe: Option<String>,
    seen: Mutex<Seen>,
    /// The browser's own files.
    profile: TempDir,
}

/// What the browser's logs told so far.
#[derive(Debug, Default)]
pub struct Seen {
    /// Requests and tokens.
    pub record: Record,
    /// The console.
    pub console: Vec<Said>,
    /// Requests before this one are history.
    pub from: usize,
}

/// What everybody shares.
#[derive(Clone, Debug)]
pub struct Surroundings {
    pub setting: Setting,
    pub driver_port: u16,
    pub origin: String,
    pub story: Arc<Story>,
}

impl Person {
    /// Gives somebody a browser with that profile, and with that argument more.
    pub async fn appears(
        (name, password): (&str, &str),
        around: &Surroundings,
        profile: TempDir,
        argument: Option<&str>,
    ) -> Self {
        let (setting, port) = (&around.setting, around.driver_port);
        let driver = browser::open(setting, port, profile.path(), argument).await;
        Self {
            name: name.to_owned(),
            password: password.to_owned(),
            axe: around.setting.axe.as_deref().map(access::script),
            album: Album::new(around.setting.pictures.as_deref()),
            driver,
            origin: around.origin.clone(),
            story: Arc::clone(&around.story),
            seen: Mutex::default(),
            profile,
        }
    }

    /// Closes the browser; what it wrote stays with its profile, and what of it should not.
    pub async fn leaves(self) -> (TempDir, Vec<String>) {
        self.does("closes the browser");
        let secrets = self.secrets_of_the_page();
        // One that crashed is closed already; what it did is judged elsewhere.
        let _ = self.driver.quit().await;
        let written = leak::what_stays_on_disk(self.profile.path(), &secrets);
        (self.profile, written)
    }

    fn does(&self, what: &str) {
        self.story.tell(format!("{} {what}", self.name));
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
