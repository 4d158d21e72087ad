//! The public handle: one canonical form, so that two spellings are never two people.
//!
//! Only ASCII is allowed. Look-alikes of other scripts can then not stand for somebody else, and
//! the browser needs no Unicode tables to agree with the server.

use crate::PRODUCT_NAME;
use crate::validate::Violation;

/// The shortest name, in characters.
pub const MIN: usize = 3;
/// The longest name, in characters.
pub const MAX: usize = 32;

/// The form that is stored and compared: surrounding blanks off, lower case.
pub fn canonical(input: &str) -> String {
    input.trim_matches(' ').to_ascii_lowercase()
}

/// The rule that a new name breaks, if any. Normalises first, as the server stores it.
pub fn check(input: &str) -> Option<Violation> {
    let name = canonical(input);
    if name.is_empty() {
        Some(Violation::Required)
    } else if !name.chars().all(allowed) {
        Some(Violation::InvalidCharacters)
    } else if !name.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        // A name must never read as an option of a command.
        Some(Violation::InvalidStart)
    } else if name.len() < MIN {
        Some(Violation::TooShort)
    } else if name.len() > MAX {
        Some(Violation::TooLong)
    } else {
        None
    }
}

/// Names that would be taken for the operator, for the product or for nobody (RFC 2142 lists those of
/// mailboxes). Written without `.`, `_` and `-`.
const RESERVED: [&str; 28] = [
    "abuse",
    "admin",
    "administrator",
    "anonymous",
    "contact",
    "help",
    "helpdesk",
    "hostmaster",
    "info",
    "mailerdaemon",
    "moderator",
    "nobody",
    "noreply",
    "null",
    "official",
    "operator",
    "postmaster",
    "root",
    "sales",
    "security",
    "staff",
    "superuser",
    "support",
    "sysadmin",
    "system",
    "undefined",
    "webmaster",
    "www",
];

/// The rule that a name breaks that somebody registers, if any: [`check`], and names that only the
/// operator gives, at the command line.
pub fn check_registration(input: &str) -> Option<Violation> {
    check(input).or_else(|| is_reserved(input).then_some(Violation::Reserved))
}

/// Whether the letters and digits of a name are reserved. The server alone looks: the list would weigh
/// on the app.
fn is_reserved(input: &str) -> bool {
    if cfg!(target_arch = "wasm32") {
        return false;
    }
    let name = canonical(input);
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    letters == PRODUCT_NAME || RESERVED.contains(&letters.as_str())
}

/// The rule for a name that is only looked up: there, not absurdly long, and text that any
/// database can compare; PostgreSQL knows no NUL.
pub fn check_for_lookup(input: &str) -> Option<Violation> {
    let name = canonical(input);
    if name.is_empty() {
        Some(Violation::Required)
    } else if name.chars().any(char::is_control) {
        Some(Violation::InvalidCharacters)
    } else if name.chars().count() > MAX {
        Some(Violation::TooLong)
    } else {
        None
    }
}

fn allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        assert_eq!(canonical(" Alice "), "alice");
        assert_eq!(canonical("ALICE"), canonical("alice"));
    }

    #[test]
    fn names_are_checked_in_their_canonical_form() {
        for (input, broken) in [
            ("alice", None),
            (" Al.ice-_9 ", None),
            ("", Some(Violation::Required)),
            ("   ", Some(Violation::Required)),
            ("al", Some(Violation::TooShort)),
            (" al ", Some(Violation::TooShort)),
            ("ünal", Some(Violation::InvalidCharacters)),
            ("al ice", Some(Violation::InvalidCharacters)),
            ("al\0ice", Some(Violation::InvalidCharacters)),
            ("\u{430}lice", Some(Violation::InvalidCharacters)),
            ("--everyone", Some(Violation::InvalidStart)),
            ("-", Some(Violation::InvalidStart)),
            (".hidden", Some(Violation::InvalidStart)),
            (" _alice", Some(Violation::InvalidStart)),
            ("0lice", None),
        ] {
            assert_eq!(check(input), broken, "{input:?}");
        }
        assert_eq!(check(&"a".repeat(32)), None);
        assert_eq!(check(&"a".repeat(33)), Some(Violation::TooLong));
    }

    #[test]
    fn names_of_the_operator_are_reserved_in_every_spelling() {
        for name in [
            "admin",
            " Admin",
            "ad-min_",
            "administrator",
            "root",
            "ROOT.",
            "support",
            "counter-sign",
        ] {
            assert_eq!(
                check_registration(name),
                Some(Violation::Reserved),
                "{name}"
            );
        }
        for name in ["...", "-_-"] {
            assert_eq!(
                check_registration(name),
                Some(Violation::InvalidStart),
                "{name}"
            );
        }
        for name in ["admina", "root2", "alice", "badminton", "supporter"] {
            assert_eq!(check_registration(name), None, "{name}");
        }
        assert_eq!(check_registration("al"), Some(Violation::TooShort));
        assert!(RESERVED.is_sorted(), "so that each is found once");
    }

    #[test]
    fn what_no_database_can_compare_is_not_looked_up() {
        assert_eq!(check_for_lookup("Nobody at all"), None);
        assert_eq!(
            check_for_lookup("al\0ice"),
            Some(Violation::InvalidCharacters)
        );
    }
}
