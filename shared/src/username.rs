//! The public handle: one canonical form, so that two spellings are never two people.
//!
//! Only ASCII is allowed. Look-alikes of other scripts can then not stand for somebody else, and
//! the browser needs no Unicode tables to agree with the server.

use crate::validate::Rule;

/// The shortest name, in characters.
pub const MIN: usize = 3;
/// The longest name, in characters.
pub const MAX: usize = 32;

/// The form that is stored and compared: surrounding blanks off, lower case.
pub fn canonical(input: &str) -> String {
    input.trim_matches(' ').to_ascii_lowercase()
}

/// The rule that a new name breaks, if any. Normalises first, as the server stores it.
pub fn check(input: &str) -> Option<Rule> {
    let name = canonical(input);
    if name.is_empty() {
        Some(Rule::Required)
    } else if !name.chars().all(allowed) {
        Some(Rule::InvalidCharacters)
    } else if name.len() < MIN {
        Some(Rule::TooShort)
    } else if name.len() > MAX {
        Some(Rule::TooLong)
    } else {
        None
    }
}

/// The rule for a name that is only looked up: there, not absurdly long, and text that any
/// database can compare; PostgreSQL knows no NUL.
pub fn check_present(input: &str) -> Option<Rule> {
    let name = canonical(input);
    if name.is_empty() {
        Some(Rule::Required)
    } else if name.chars().any(char::is_control) {
        Some(Rule::InvalidCharacters)
    } else if name.chars().count() > MAX {
        Some(Rule::TooLong)
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
            ("", Some(Rule::Required)),
            ("   ", Some(Rule::Required)),
            ("al", Some(Rule::TooShort)),
            (" al ", Some(Rule::TooShort)),
            ("ünal", Some(Rule::InvalidCharacters)),
            ("al ice", Some(Rule::InvalidCharacters)),
            ("al\0ice", Some(Rule::InvalidCharacters)),
            ("\u{430}lice", Some(Rule::InvalidCharacters)),
        ] {
            assert_eq!(check(input), broken, "{input:?}");
        }
        assert_eq!(check(&"a".repeat(32)), None);
        assert_eq!(check(&"a".repeat(33)), Some(Rule::TooLong));
    }

    #[test]
    fn what_no_database_can_compare_is_not_looked_up() {
        assert_eq!(check_present("Nobody at all"), None);
        assert_eq!(check_present("al\0ice"), Some(Rule::InvalidCharacters));
    }
}
