//! What happened, in words.

use super::text::{self, Text};
use client::LogEvent;
use protocol::client::TokenSource;
use shared::event::EventKind;
use shared::session::RevocationReason;

/// What an event is called.
pub const fn kind(kind: EventKind) -> Text {
    match kind {
        EventKind::Registered => text::KIND_REGISTERED,
        EventKind::SignedIn => text::KIND_SIGNED_IN,
        EventKind::SignInFailed => text::KIND_FAILED,
        EventKind::Refreshed => text::KIND_REFRESHED,
        EventKind::RefreshRetried => text::KIND_RETRIED,
        EventKind::RefreshRaced => text::KIND_RACED,
        EventKind::SessionRevoked => text::KIND_ENDED,
        EventKind::PasswordChanged => text::KIND_PASSWORD,
        EventKind::RolesChanged => text::KIND_ROLES,
        EventKind::Disabled => text::KIND_DISABLED,
        EventKind::Enabled => text::KIND_ENABLED,
    }
}

/// Why a session ended.
pub const fn reason(reason: RevocationReason) -> Text {
    match reason {
        RevocationReason::SignedOut => text::END_SIGNED_OUT,
        RevocationReason::ByUser => text::END_LIST,
        RevocationReason::PasswordChanged => text::END_PASSWORD,
        RevocationReason::Disabled => text::END_DISABLED,
        RevocationReason::RolesChanged => text::END_ROLES,
        RevocationReason::EndedByAdmin => text::END_ADMIN,
        RevocationReason::SessionLimit => text::END_LIMIT,
        RevocationReason::TokenReuse => text::END_REUSED,
    }
}

/// What a tab noted.
pub const fn note(note: LogEvent) -> Text {
    match note {
        LogEvent::SignedIn => text::NOTE_SIGNED_IN,
        LogEvent::RefreshStarted => text::NOTE_REFRESH_STARTED,
        LogEvent::Refreshed => text::NOTE_REFRESHED,
        LogEvent::RefreshFailed => text::NOTE_REFRESH_FAILED,
        LogEvent::SiblingShared(TokenSource::SignIn) => text::NOTE_SIBLING_SIGNED_IN,
        LogEvent::SiblingShared(TokenSource::Refresh) => text::NOTE_SIBLING_REFRESHED,
        LogEvent::CallUnauthorized => text::NOTE_REFUSED,
        LogEvent::Expired => text::NOTE_EXPIRED,
        LogEvent::SignedOut(_) => text::NOTE_ENDED,
        LogEvent::LogoutConfirmed => text::NOTE_LEFT,
    }
}
