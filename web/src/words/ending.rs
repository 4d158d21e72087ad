//! Why a session ended, and what a rule asks for.

use super::text::{self, Text};
use client::SignOutReason;
use shared::session::RevocationReason;
use shared::validate::Violation;

/// Why the session ended.
pub const fn ending(ending: SignOutReason) -> Text {
    match ending {
        SignOutReason::SignedOut => text::ENDED_SIGNED_OUT,
        SignOutReason::SignedOutInAnotherTab => text::ENDED_ANOTHER_TAB,
        SignOutReason::Expired => text::ENDED_EXPIRED,
        SignOutReason::NoCookie => text::ENDED_MISSING,
        SignOutReason::Unknown | SignOutReason::Revoked(None) => text::ENDED_UNKNOWN,
        SignOutReason::Reused | SignOutReason::Revoked(Some(RevocationReason::TokenReuse)) => {
            text::ENDED_REUSED
        }
        SignOutReason::Revoked(Some(reason)) => match reason {
            RevocationReason::SignedOut => text::ENDED_OTHER_DEVICE,
            RevocationReason::ByUser => text::ENDED_FROM_LIST,
            RevocationReason::PasswordChanged => text::ENDED_PASSWORD,
            RevocationReason::Disabled => text::ENDED_DISABLED,
            RevocationReason::RolesChanged => text::ENDED_ROLES,
            RevocationReason::EndedByAdmin => text::ENDED_ADMIN,
            RevocationReason::SessionLimit => text::ENDED_LIMIT,
            RevocationReason::TokenReuse => text::ENDED_REUSED,
        },
    }
}

/// What a rule asks for.
pub const fn rule(rule: Violation) -> Text {
    match rule {
        Violation::Required => text::RULE_REQUIRED,
        Violation::TooShort => text::RULE_TOO_SHORT,
        Violation::TooLong => text::RULE_TOO_LONG,
        Violation::InvalidCharacters => text::RULE_CHARACTERS,
        Violation::Reserved => text::RULE_RESERVED,
        Violation::InvalidStart => text::RULE_START,
        Violation::ContainsUsername => text::RULE_USERNAME,
        Violation::ContainsProductName => text::RULE_PRODUCT,
        Violation::RepeatedCharacter => text::RULE_MONOTONOUS,
        Violation::Common => text::RULE_COMMON,
        Violation::TooWeak => text::RULE_GUESSABLE,
        Violation::Unchanged => text::RULE_UNCHANGED,
        Violation::UnknownField => text::RULE_UNKNOWN_FIELD,
        Violation::WrongType => text::RULE_WRONG_TYPE,
    }
}
