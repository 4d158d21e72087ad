//! Where a script of the page, or somebody at the screen, can read.

use crate::person::Person;
use serde_json::{Value, json};

/// What is in the page.
const READABLE: &str = r"
    const values = [...document.querySelectorAll('input')].filter((e) => e.type !== 'password');
    return JSON.stringify({
        address: location.href,
        referrer: document.referrer,
        title: document.title,
        state: history.state,
        entries: navigation.entries().map((entry) => [entry.url, entry.getState()]),
        timings: performance.getEntries().map((entry) => entry.name),
        name: window.name,
        page: document.documentElement.outerHTML,
        fields: values.map((e) => e.value),
        local: { ...localStorage },
        session: { ...sessionStorage },
        window: window.journey?.added() ?? [],
    });
";

/// What is there of databases, caches, workers and files; the app has none.
const STORES: &str = r"
    const [done] = arguments;
    const files = async () => {
        const names = [];
        for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
        return names;
    };
    Promise.all([
        indexedDB.databases().then((all) => all.map((database) => database.name)),
        caches.keys(),
        navigator.serviceWorker.getRegistrations().then((all) => all.map((worker) => worker.scope)),
        files(),
    ]).then((stores) => done(stores.flat().join(' ')), (error) => done(String(error)));
";

/// What has been written, and where.
pub(super) struct Place {
    name: String,
    text: String,
    /// Nothing at all may stand here.
    empty: bool,
}

impl Place {
    fn new(name: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            text,
            empty: false,
        }
    }

    fn empty(name: &str, text: &Value) -> Self {
        Self {
            empty: true,
            ..Self::new(name, text.as_str().unwrap_or_default().to_owned())
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn holds(&self, secret: &str) -> bool {
        self.text.contains(secret)
    }

    /// What is wrong here already because something is here.
    pub(super) fn complaint(&self) -> Option<String> {
        (self.empty && !self.text.is_empty()).then(|| format!("{}: {}", self.name, self.text))
    }
}

/// All of them, in all tabs.
pub(super) async fn all_of(person: &Person) -> Vec<Place> {
    let mut places = vec![console(person), addresses(person)];
    for tab in person.tabs().await {
        person.turns_to(&tab).await;
        places.extend(of_this_tab(person).await);
    }
    places
}

async fn of_this_tab(person: &Person) -> Vec<Place> {
    let history = person
        .inspects("Page.getNavigationHistory", json!({}))
        .await;
    let history = Place::new("the history", history.to_string());
    if person.run("return location.protocol").await != "http:" {
        return vec![history];
    }
    let cookie = person.run("return document.cookie").await;
    let stores = person.runs_until_done(STORES).await;
    let readable = person.run(READABLE).await;
    let readable: Value = serde_json::from_str(readable.as_str().unwrap_or_default())
        .expect("BUG: the script returns JSON");
    let parts = readable.as_object().into_iter().flatten();
    let parts = parts.map(|(name, value)| Place::new(name, value.to_string()));
    let empty = [
        Place::empty("a cookie that scripts can read", &cookie),
        Place::empty("a store that the app does not use", &stores),
    ];
    parts.chain(empty).chain([history]).collect()
}

fn console(person: &Person) -> Place {
    let lines = person.console();
    let lines: Vec<_> = lines.iter().map(|said| said.text.as_str()).collect();
    Place::new("the console", lines.join("\n"))
}

fn addresses(person: &Person) -> Place {
    let requests = person.all_requests();
    let lines: Vec<_> = requests
        .iter()
        .map(|exchange| exchange.url.as_str())
        .collect();
    Place::new("an address", lines.join("\n"))
}
