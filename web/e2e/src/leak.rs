//! After each journey: no token and no password stands where a script or a neighbour could read it.

mod disk;
mod place;

pub use disk::what_stays_on_disk;

use crate::person::Person;

/// Nobody's secrets lie open in their browser.
pub async fn nothing_lies_open(person: &Person) {
    let open = what_lies_open(person).await;
    assert!(open.is_empty(), "{}: {}", person.name, open.join("\n"));
}

/// What lies open in somebody's browser, and where.
pub async fn what_lies_open(person: &Person) -> Vec<String> {
    person.hears_the_browser().await;
    let places = place::all_of(person).await;
    let secrets = telling_parts(&person.secrets());
    let mut open: Vec<_> = places.iter().filter_map(place::Place::complaint).collect();
    for place in &places {
        let held = secrets.iter().filter(|secret| place.holds(secret));
        open.extend(held.map(|secret| format!("{} holds {secret}", place.name())));
    }
    open
}

/// The API's log holds nobody's secrets either.
pub fn not_in_the_log(person: &Person, log: &str) {
    for secret in telling_parts(&person.secrets()) {
        assert!(
            !log.contains(&secret),
            "the API's log holds {secret} of {}",
            person.name
        );
    }
}

/// A part of a secret is as bad as the whole: the header, claims and signature of a JWT; and of a
/// refresh token its end, which is most of the tag. Whatever holds the whole holds its end too.
fn telling_parts(secrets: &[String]) -> Vec<String> {
    const TELLING: usize = 24;
    let parts = secrets.iter().flat_map(|secret| secret.split('.'));
    let ends = parts.map(|part| part[part.len().saturating_sub(TELLING)..].to_owned());
    let mut ends: Vec<_> = ends.filter(|end| !end.is_empty()).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_token_tells() {
        let (head, claims, tag) = ("h".repeat(30), "c".repeat(60), "s".repeat(43));
        let token = [head.as_str(), &claims, &tag].join(".");
        let ends = ["c", "h", "s"].map(|letter| letter.repeat(24));
        assert_eq!(telling_parts(&[token.clone(), token]), ends);
        assert_eq!(telling_parts(&["pass word".to_owned()]), ["pass word"]);
    }
}
