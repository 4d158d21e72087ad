//! The normal form of a password.
//!
//! Two keyboards encode one character as one code point or as two ("é" or "e" and an accent). The
//! hash covers NFC (Unicode Standard Annex 15), so that both are the same password (NIST SP
//! 800-63B-4, section 3.1.1.2). Only the server normalizes: the tables would make the app larger.

use shared::password::Password;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The form with which a password was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordForm {
    /// Composed, as in every new hash.
    Nfc,
    /// The code points as the client sent them, which are not NFC.
    AsReceived,
}

impl PasswordForm {
    /// The password in this form.
    pub(super) fn of(self, password: &Password) -> Cow<'_, str> {
        let text = password.expose();
        match self {
            Self::Nfc if !is_nfc(text) => Cow::Owned(text.nfc().collect()),
            Self::Nfc | Self::AsReceived => Cow::Borrowed(text),
        }
    }
}

/// The forms to verify a password with, in order; only one if both are equal.
pub(super) fn forms(password: &Password) -> Vec<PasswordForm> {
    if is_nfc(password.expose()) {
        vec![PasswordForm::Nfc]
    } else {
        vec![PasswordForm::Nfc, PasswordForm::AsReceived]
    }
}

/// The password as a new hash covers it.
pub(super) fn normalized(password: &Password) -> Password {
    Password::new(PasswordForm::Nfc.of(password))
}

/// Whether both passwords are equal after normalization.
pub fn are_same(one: &Password, other: &Password) -> bool {
    PasswordForm::Nfc.of(one) == PasswordForm::Nfc.of(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::password::hash::Hasher;
    use crate::config::HashCost;

    const COMPOSED: &str = "caf\u{e9} zebra batterie";
    const DECOMPOSED: &str = "cafe\u{301} zebra batterie";

    #[test]
    fn two_spellings_of_one_text_are_one_password() {
        let (one, other) = (Password::new(COMPOSED), Password::new(DECOMPOSED));
        assert!(are_same(&one, &other));
        assert!(normalized(&other) == one);
        assert!(!are_same(&one, &Password::new("cafe zebra batterie")));
    }

    #[test]
    fn a_password_costs_one_hash_in_nfc_and_two_in_any_other_form() {
        assert_eq!(forms(&Password::new(COMPOSED)), [PasswordForm::Nfc]);
        let both = [PasswordForm::Nfc, PasswordForm::AsReceived];
        assert_eq!(forms(&Password::new(DECOMPOSED)), both);
    }

    #[test]
    fn a_hash_of_the_bytes_as_received_is_found_and_is_outdated() {
        let hasher = Hasher::new(HashCost {
            memory_kib: 64,
            iterations: 1,
            parallelism: 1,
            queue: 1,
        });
        let decomposed = Password::new(DECOMPOSED);
        for (hashed, form) in [
            (COMPOSED, PasswordForm::Nfc),
            (DECOMPOSED, PasswordForm::AsReceived),
        ] {
            let hash = hasher.argon.hash(hashed);
            assert_eq!(hasher.compare(&decomposed, &hash), Some(form));
            let outdated = hasher.is_outdated(&decomposed, form, &hash);
            assert_eq!(outdated, form == PasswordForm::AsReceived);
        }
    }
}
