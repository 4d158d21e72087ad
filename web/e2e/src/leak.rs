//! After each journey: no token and no password stands where a script or a neighbour could read it.

use crate::person::Person;
use serde_json::{Value, json};

/// All that a script of the page, or somebody at the screen, can read.
const READABLE: &str = r"
    const values = [...document.querySelectorAll('input')].filter((e) => e.type !== 'password');
    return JSON.stringify({
        address: location.href,
        referrer: document.referrer,
        title: document.title,
        state: history.state,
        name: window.name,
        cookie: document.cookie,
        page: document.documentElement.outerHTML,
        fields: values.map((e) => e.value),
        local: { ...localStorage },
        session: { ...sessionStorage },
    });
";

/// Names of databases and caches; the app has none.
const STORES: &str = r"
    const [done] = arguments;
    Promise.all([indexedDB.databases(), caches.keys(), navigator.serviceWorker.getRegistrations()])
        .then(([databases, caches, workers]) => done(databases.length + caches.length + workers.length));
";

/// What has been written, and where.
struct Place {
    name: String,
    text: String,
}

/// Nobody's secrets lie open in their browser.
pub async fn nothing_lies_open(person: &Person) {
    person.hears_the_browser().await;
    let mut places = vec![console(person), addresses(person)];
    for tab in person.tabs().await {
        person.turns_to(&tab).await;
        places.extend(places_of_a_tab(person).await);
    }
    let secrets: Vec<_> = person
        .secrets()
        .iter()
        .flat_map(|secret| telling_parts(secret))
        .collect();
    for place in &places {
        for secret in &secrets {
            let open = place.text.contains(secret.as_str());
            assert!(!open, "{}: {} holds {secret}", person.name, place.name);
        }
    }
}

/// The API's log holds nobody's secrets either.
pub fn not_in_the_log(person: &Person, log: &str) {
    for secret in person
        .secrets()
        .iter()
        .flat_map(|secret| telling_parts(secret))
    {
        assert!(
            !log.contains(&secret),
            "the API's log holds {secret} of {}",
            person.name
        );
    }
}

async fn places_of_a_tab(person: &Person) -> Vec<Place> {
    let history = person
        .inspects("Page.getNavigationHistory", json!({}))
        .await;
    let history = place("the history", history.to_string());
    if person.run("return location.protocol").await != "http:" {
        return vec![history];
    }
    let cookie = person.run("return document.cookie").await;
    assert_eq!(cookie, "", "{}: scripts can read a cookie", person.name);
    let stores = person.runs_until_done(STORES).await;
    assert_eq!(
        stores, 0,
        "{}: there is a database, a cache or a worker",
        person.name
    );
    let readable = person.run(READABLE).await;
    let readable: Value = serde_json::from_str(readable.as_str().unwrap_or_default())
        .expect("BUG: the script returns JSON");
    let parts = readable.as_object().into_iter().flatten();
    let parts = parts.map(|(name, value)| place(name, value.to_string()));
    parts.chain([history]).collect()
}

fn console(person: &Person) -> Place {
    let lines = person.console();
    let lines: Vec<_> = lines.iter().map(|said| said.text.as_str()).collect();
    place("the console", lines.join("\n"))
}

fn addresses(person: &Person) -> Place {
    let requests = person.all_requests();
    let lines: Vec<_> = requests
        .iter()
        .map(|exchange| exchange.url.as_str())
        .collect();
    place("an address", lines.join("\n"))
}

fn place(name: &str, text: String) -> Place {
    Place {
        name: name.to_owned(),
        text,
    }
}

/// A part of a secret is as bad as the whole: the header, claims and signature of a JWT; and of a
/// refresh token its end, which is most of the tag.
fn telling_parts(secret: &str) -> Vec<String> {
    const TELLING: usize = 24;
    let parts = secret.split('.').filter(|part| part.len() >= TELLING);
    let parts = parts.flat_map(|part| [part.to_owned(), part[part.len() - TELLING..].to_owned()]);
    parts.chain([secret.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_token_tells() {
        let (head, claims, tag) = ("h".repeat(30), "c".repeat(60), "s".repeat(43));
        let parts = telling_parts(&[head.as_str(), &claims, &tag].join("."));
        assert!(parts.contains(&claims));
        assert!(parts.contains(&"s".repeat(24)));
        assert_eq!(parts.len(), 7);
        assert_eq!(telling_parts("pass word"), ["pass word"]);
    }
}
