//! Why a session ended, and what a rule asks for.

use super::text::{self, Text};
use client::Ending;
use shared::session::EndReason;
use shared::validate::Rule;

/// Why the session ended.
pub const fn ending(ending: Ending) -> Text {
    match ending {
        Ending::SignedOut => text::ENDED_SIGNED_OUT,
        Ending::SignedOutInAnotherTab => text::ENDED_ANOTHER_TAB,
        Ending::Expired => text::ENDED_EXPIRED,
        Ending::Missing => text::ENDED_MISSING,
        Ending::Unknown | Ending::Revoked(None) => text::ENDED_UNKNOWN,
        Ending::Reused | Ending::Revoked(Some(EndReason::Reused)) => text::ENDED_REUSED,
        Ending::Revoked(Some(reason)) => match reason {
            EndReason::SignedOut => text::ENDED_OTHER_DEVICE,
            EndReason::Ended => text::ENDED_FROM_LIST,
            EndReason::PasswordChanged => text::ENDED_PASSWORD,
            EndReason::Disabled => text::ENDED_DISABLED,
            EndReason::RolesChanged => text::ENDED_ROLES,
            EndReason::EndedByAdmin => text::ENDED_ADMIN,
            EndReason::Limit => text::ENDED_LIMIT,
            EndReason::Reused => text::ENDED_REUSED,
        },
    }
}

/// What a rule asks for.
pub const fn rule(rule: Rule) -> Text {
    match rule {
        Rule::Required => text::RULE_REQUIRED,
        Rule::TooShort => text::RULE_TOO_SHORT,
        Rule::TooLong => text::RULE_TOO_LONG,
        Rule::InvalidCharacters => text::RULE_CHARACTERS,
        Rule::Reserved => text::RULE_RESERVED,
        Rule::InvalidStart => text::RULE_START,
        Rule::ContainsUsername => text::RULE_USERNAME,
        Rule::ContainsProductName => text::RULE_PRODUCT,
        Rule::Monotonous => text::RULE_MONOTONOUS,
        Rule::Common => text::RULE_COMMON,
        Rule::Guessable => text::RULE_GUESSABLE,
        Rule::Unchanged => text::RULE_UNCHANGED,
        Rule::UnknownField => text::RULE_UNKNOWN_FIELD,
        Rule::WrongType => text::RULE_WRONG_TYPE,
    }
}
