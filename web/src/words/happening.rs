//! What happened, in words.

use super::text::{self, Text};
use client::Note;
use protocol::client::Grantor;
use shared::event::EventKind;
use shared::session::EndReason;

/// What an event is called.
pub const fn kind(kind: EventKind) -> Text {
    match kind {
        EventKind::Registered => text::KIND_REGISTERED,
        EventKind::SignedIn => text::KIND_SIGNED_IN,
        EventKind::SignInFailed => text::KIND_FAILED,
        EventKind::Refreshed => text::KIND_REFRESHED,
        EventKind::Retried => text::KIND_RETRIED,
        EventKind::Raced => text::KIND_RACED,
        EventKind::Ended => text::KIND_ENDED,
        EventKind::PasswordChanged => text::KIND_PASSWORD,
        EventKind::RolesChanged => text::KIND_ROLES,
        EventKind::Disabled => text::KIND_DISABLED,
        EventKind::Enabled => text::KIND_ENABLED,
    }
}

/// Why a session ended.
pub const fn reason(reason: EndReason) -> Text {
    match reason {
        EndReason::SignedOut => text::END_SIGNED_OUT,
        EndReason::Ended => text::END_LIST,
        EndReason::PasswordChanged => text::END_PASSWORD,
        EndReason::Disabled => text::END_DISABLED,
        EndReason::RolesChanged => text::END_ROLES,
        EndReason::EndedByAdmin => text::END_ADMIN,
        EndReason::Limit => text::END_LIMIT,
        EndReason::Reused => text::END_REUSED,
    }
}

/// What a tab noted.
pub const fn note(note: Note) -> Text {
    match note {
        Note::SignedIn => text::NOTE_SIGNED_IN,
        Note::RefreshStarted => text::NOTE_REFRESH_STARTED,
        Note::Refreshed => text::NOTE_REFRESHED,
        Note::RefreshFailed => text::NOTE_REFRESH_FAILED,
        Note::SiblingShared(Grantor::SignIn) => text::NOTE_SIBLING_SIGNED_IN,
        Note::SiblingShared(Grantor::Refresh) => text::NOTE_SIBLING_REFRESHED,
        Note::CallRefused => text::NOTE_REFUSED,
        Note::Expired => text::NOTE_EXPIRED,
        Note::Ended(_) => text::NOTE_ENDED,
        Note::LeaveHeard => text::NOTE_LEFT,
    }
}
