//! The rules, each broken on purpose: a proof that cannot fail proves nothing.

/// A rule that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mutant {
    /// The rotation writes whatever it read before: no compare-and-swap.
    ReadThenWrite,
    /// The whole row is saved as it was read, which undoes a sign-out in between.
    SavesTheWholeRow,
    /// The compare-and-swap compares the generation alone, not whether the session lives.
    SwapForgetsRevocation,
    /// The previous token is good for ever.
    PreviousForEver,
    /// Each repeat makes a token of its own (CVE-2026-53517).
    ForkInGrace,
    /// A token two generations old is good within the race window (django-oauth-toolkit #1617).
    TwoBackInRace,
    /// The retry window is open to any key.
    RetryForAnyKey,
    /// The windows are looked at before the expiry.
    GraceBeatsExpiry,
    /// A repeat does not ask whether the session was ended.
    RepeatForgetsRevocation,
    /// A repeat does not ask whether its person was disabled.
    RepeatForgetsDisabled,
    /// The answer to a reuse leaves before its session is ended.
    AnswersBeforeEnding,
    /// A token with a wrong tag ends the session that it names.
    ForgeryEnds,
    /// A key that was taken away goes on verifying.
    RemovedKeyVerifies,
    /// The time of a rotation follows a clock that was set back.
    TimeGoesBack,
    /// There is no retry window.
    NoRetryWindow,
    /// There is no race window.
    NoRaceWindow,
    /// A sign-out is not put on the deny map.
    DenyMapNotFed,
    /// A node does not ask the database what ended on the others.
    NodesDoNotTell,
    /// The deny map is empty after a restart.
    DenyMapForgets,
    /// The cookie is deleted on any failure.
    AnyFailureClearsCookie,
    /// A 5xx ends the session.
    OutageEnds,
    /// A rejected refresh looks like an outage: no form, no way out.
    RejectionIsOutage,
    /// A rejected refresh ends the session.
    RejectionEnds,
    /// A rejected refresh deletes the cookie.
    RejectionClearsCookie,
    /// A rejected refresh forgets the attempt key, which an earlier lost answer still needs.
    RejectionForgetsKey,
    /// A rejected sign-out counts as heard.
    RejectedSignOutIsHeard,
    /// After a sign-in whose answer was lost, the token of the session before counts as the cookie's.
    LostSignInForgotten,
    /// Answers are taken whatever their epoch.
    DropEpoch,
    /// A late answer is adopted after a sign-out.
    LateAnswerAdopted,
    /// What a sibling tells is adopted whatever its epoch.
    SiblingWhateverEpoch,
    /// The hint is written over a newer one.
    HintGoesBack,
    /// Each try has an attempt key of its own.
    KeyPerTry,
    /// A failed refresh sets no timer.
    NoTimer,
    /// Calls that wait are not told how the refresh went.
    ParkedForgotten,
    /// A failed sign-out is not tried again.
    SignOutOnce,
    /// A failed sign-out is not remembered across a reload.
    SignOutForgotten,
    /// Siblings are not told of a sign-out.
    SignOutUntold,
    /// A page that wakes does not look at the hint.
    WakeIsBlind,
}

impl Mutant {
    /// All of them.
    pub const ALL: [Self; 38] = [
        Self::ReadThenWrite,
        Self::SavesTheWholeRow,
        Self::SwapForgetsRevocation,
        Self::PreviousForEver,
        Self::ForkInGrace,
        Self::TwoBackInRace,
        Self::RetryForAnyKey,
        Self::GraceBeatsExpiry,
        Self::RepeatForgetsRevocation,
        Self::RepeatForgetsDisabled,
        Self::AnswersBeforeEnding,
        Self::ForgeryEnds,
        Self::RemovedKeyVerifies,
        Self::TimeGoesBack,
        Self::NoRetryWindow,
        Self::NoRaceWindow,
        Self::DenyMapNotFed,
        Self::NodesDoNotTell,
        Self::DenyMapForgets,
        Self::AnyFailureClearsCookie,
        Self::OutageEnds,
        Self::RejectionIsOutage,
        Self::RejectionEnds,
        Self::RejectionClearsCookie,
        Self::RejectionForgetsKey,
        Self::RejectedSignOutIsHeard,
        Self::LostSignInForgotten,
        Self::DropEpoch,
        Self::LateAnswerAdopted,
        Self::SiblingWhateverEpoch,
        Self::HintGoesBack,
        Self::KeyPerTry,
        Self::NoTimer,
        Self::ParkedForgotten,
        Self::SignOutOnce,
        Self::SignOutForgotten,
        Self::SignOutUntold,
        Self::WakeIsBlind,
    ];
}
