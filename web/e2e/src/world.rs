//! One journey's world: servers and people that nobody else uses.

use crate::api::Api;
use crate::child::{Child, Program, free_port};
use crate::leak;
use crate::patience::until;
use crate::person::{Person, Surroundings};
use crate::setting::Setting;
use crate::stage::{Front, Stage};
use crate::story::Story;
use crate::trunk;
use crate::weather::Weather;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

/// Nobody's name, easy to type, hard to guess.
const PASSWORD: &str = "lampshade trombone glacier 47";

/// The servers and the people.
#[derive(Debug)]
pub struct World {
    people: Mutex<Vec<Arc<Person>>>,
    around: Surroundings,
    front: Front,
    api: Api,
    weather: Option<Weather>,
    // What runs ends before the folder that it writes to goes.
    _running: Vec<Child>,
    _folder: TempDir,
}

impl World {
    pub(crate) async fn set_up(stage: Stage) -> Self {
        let setting = Setting::from_environment();
        let folder = TempDir::new().expect("there is a temporary folder");
        let (driver_port, api_port) = (free_port(), free_port());
        let port = match stage.front {
            Front::Itself => api_port,
            Front::Weather | Front::Trunk => free_port(),
        };
        let origin = format!("http://127.0.0.1:{port}");
        let mut api = Api::new(&setting, folder.path(), api_port);
        api.set("PUBLIC_URL", &origin);
        for (name, value) in &stage.settings {
            api.set(name, *value);
        }
        if stage.front != Front::Trunk {
            api.set("STATIC_DIR", setting.dist.to_string_lossy());
        }
        api.start().await;
        let mut running = vec![driver(&setting, &folder, driver_port).await];
        if stage.front == Front::Trunk {
            running.push(trunk::serve(&setting, folder.path(), (port, api_port)).await);
        }
        let weather = match stage.front {
            Front::Weather => Some(Weather::over(port, api_port).await),
            Front::Itself | Front::Trunk => None,
        };
        Self {
            weather,
            people: Mutex::default(),
            around: Surroundings {
                setting,
                driver_port,
                origin,
                story: Arc::new(Story::default()),
            },
            front: stage.front,
            api,
            _running: running,
            _folder: folder,
        }
    }

    /// Somebody with a fresh browser; the same name twice is one person with two browsers.
    pub async fn person(&self, name: &str) -> Arc<Person> {
        let profile = TempDir::new().expect("there is a temporary folder");
        self.admit(name, profile, None).await
    }

    /// Somebody whose browser does not run WebAssembly, as in the lockdown modes: they compile no
    /// code, and without that there is none.
    pub async fn person_without_wasm(&self, name: &str) -> Arc<Person> {
        let profile = TempDir::new().expect("there is a temporary folder");
        let argument = Some("--js-flags=--jitless");
        self.admit(name, profile, argument).await
    }

    /// Closes somebody's browser, and opens it again with all that it kept.
    pub async fn comes_back_tomorrow(&self, person: Arc<Person>) -> Arc<Person> {
        self.holds_nothing_open().await;
        self.people().retain(|other| !Arc::ptr_eq(other, &person));
        let person = Arc::into_inner(person).expect("nobody else uses this browser");
        let name = person.name.clone();
        let (profile, written) = person.leaves().await;
        assert!(written.is_empty(), "{name}: {written:?}");
        self.admit(&name, profile, None).await
    }

    async fn admit(&self, name: &str, profile: TempDir, argument: Option<&str>) -> Arc<Person> {
        let person = Person::appears((name, PASSWORD), &self.around, profile, argument).await;
        let person = Arc::new(person);
        self.people().push(Arc::clone(&person));
        person
    }

    /// An administrator, made on the command line, with a fresh browser.
    pub async fn administrator(&self, name: &str) -> Arc<Person> {
        self.api.create_admin(name, PASSWORD);
        self.person(name).await
    }

    /// The API.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// What is between browsers and the API, on a stage that has it.
    pub fn weather(&self) -> &Weather {
        self.weather.as_ref().expect("the stage has weather")
    }

    /// The origin that browsers see.
    pub fn origin(&self) -> &str {
        &self.around.origin
    }

    /// Nobody's secrets lie open, nobody was led elsewhere, and nothing broke. Each journey ends
    /// with this look; one that signs out before its end takes one while it is signed in.
    pub async fn holds_nothing_open(&self) {
        let people = self.people().clone();
        for person in people {
            leak::nothing_lies_open(&person).await;
            leak::not_in_the_log(&person, &self.api.log());
            person.was_among_us(&self.around.origin);
            // Trunk serves the app without the policy, and with a script of its own.
            if self.front != Front::Trunk {
                person.heard_no_complaint();
            }
        }
    }

    /// The token that somebody's page holds is over, and the page does not know: it sleeps. The
    /// page must have a button of that name which asks the API.
    pub async fn token_ends_unnoticed(&self, person: &Person, button: &str) {
        person.falls_asleep().await;
        // From here on no new token comes, and this call shows which one is the newest.
        person.counts_from_here().await;
        person.clicks(button).await;
        until("the newest token is seen", async || {
            let calls = person.calls().await;
            calls
                .iter()
                .any(|call| call.ends_with("session 200"))
                .then_some(())
        })
        .await;
        let token = person.access_token().await;
        self.sees_expire(&token).await;
    }

    /// Waits until the API says of that token that it is over.
    pub async fn sees_expire(&self, token: &str) {
        let wire = self.api.wire();
        until("the access token expires", async || {
            (wire.asks_with(token).await.code? == "token_expired").then_some(())
        })
        .await;
    }

    pub(crate) async fn explains(&self) {
        eprintln!("the story so far:\n{}", self.around.story);
        let people = self.people().clone();
        for person in people {
            eprintln!("{}\n", person.view().await);
            eprintln!("{}\n", person.account_of_the_network().await);
        }
        eprintln!("the API's log:\n{}", self.api.log());
    }

    /// Closes the browsers, and tells what they wrote to disk and should not have.
    pub(crate) async fn ends(self) -> Vec<String> {
        let people = std::mem::take(&mut *self.people());
        let mut written = Vec::new();
        for person in people {
            if let Some(person) = Arc::into_inner(person) {
                written.extend(person.leaves().await.1);
            }
        }
        written
    }

    fn people(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Person>>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn driver(setting: &Setting, folder: &TempDir, port: u16) -> Child {
    let mut child = Program::new(&setting.leash, &setting.chromedriver)
        .arg(format!("--port={port}"))
        .start(&folder.path().join("driver.log"));
    let status = format!("http://127.0.0.1:{port}/status");
    until("Chromium's driver is ready", async || {
        assert!(child.is_running(), "Chromium's driver ended");
        reqwest::get(&status).await.ok().map(drop)
    })
    .await;
    child
}
