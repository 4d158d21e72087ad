//! What must hold, by name.

mod response;

pub(crate) use response::{Presented, check_answer, check_rows};

/// An invariant of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Invariant {
    /// I-01: each generation is left by one swap.
    ExactlyOneSwaps,
    /// I-02: all good answers to one token carry the same successor.
    OneSuccessor,
    /// I-03: neither the generation nor its time goes back.
    NeverBack,
    /// I-04: a session that was ended, or whose person is disabled, yields nothing again.
    RevokedYieldsNothing,
    /// I-05: a token two or more generations old ends the session before the answer leaves.
    OlderEnds,
    /// I-06: so does the previous token outside its windows.
    OutsideWindowsEnds,
    /// I-07: a token that is not ours changes no row.
    GarbageChangesNothing,
    /// I-09: after a sign-out its node refuses every access token of the session.
    RefusedAfterSignOut,
    /// I-10: and every other node does so a tick later.
    RefusedOnEveryNode,
    /// I-23: after a key was taken away, nothing that it signed yields anything, and it ends nothing.
    RemovedKeyYieldsNothing,
    /// I-28: an answer that arrives after a sign-out restores nothing.
    LateAnswerRestoresNothing,
    /// At most one token of a session can rotate.
    OneLiveLeaf,
    /// A browser that nobody stole from keeps its session.
    HonestStaysSignedIn,
    /// Owner and thief never both live on one token beyond the race window.
    StolenAndUsedByBothIsDead,
    /// An expired session yields nothing, whatever the windows say.
    ExpiredYieldsNothing,
    /// I-31: a visitor whose refresh is rejected is offered a sign-in.
    RejectedMaySignIn,
    /// Every run comes to rest when the weather clears.
    EveryRunComesToRest,
    /// At rest all tabs say the same as the cookie.
    TabsAgreeAtRest,
    /// At rest the server has heard of every sign-out.
    SignOutIsHeard,
}

impl Invariant {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::ExactlyOneSwaps,
        Self::OneSuccessor,
        Self::NeverBack,
        Self::RevokedYieldsNothing,
        Self::OlderEnds,
        Self::OutsideWindowsEnds,
        Self::GarbageChangesNothing,
        Self::RefusedAfterSignOut,
        Self::RefusedOnEveryNode,
        Self::RemovedKeyYieldsNothing,
        Self::LateAnswerRestoresNothing,
        Self::OneLiveLeaf,
        Self::HonestStaysSignedIn,
        Self::StolenAndUsedByBothIsDead,
        Self::ExpiredYieldsNothing,
        Self::RejectedMaySignIn,
        Self::EveryRunComesToRest,
        Self::TabsAgreeAtRest,
        Self::SignOutIsHeard,
    ];

    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExactlyOneSwaps => "i_01_exactly_one_swaps",
            Self::OneSuccessor => "i_02_one_successor",
            Self::NeverBack => "i_03_never_back",
            Self::RevokedYieldsNothing => "i_04_revoked_yields_nothing",
            Self::OlderEnds => "i_05_older_ends",
            Self::OutsideWindowsEnds => "i_06_outside_windows_ends",
            Self::GarbageChangesNothing => "i_07_garbage_changes_nothing",
            Self::RefusedAfterSignOut => "i_09_refused_after_sign_out",
            Self::RefusedOnEveryNode => "i_10_refused_on_every_node",
            Self::RemovedKeyYieldsNothing => "i_23_a_removed_key_yields_nothing",
            Self::LateAnswerRestoresNothing => "i_28_late_answer_restores_nothing",
            Self::OneLiveLeaf => "one_live_leaf",
            Self::HonestStaysSignedIn => "an_honest_browser_is_never_signed_out",
            Self::StolenAndUsedByBothIsDead => "a_stolen_token_used_by_both_is_dead",
            Self::ExpiredYieldsNothing => "expiry_beats_the_windows",
            Self::RejectedMaySignIn => "i_31_a_rejected_visitor_may_sign_in",
            Self::EveryRunComesToRest => "every_run_comes_to_rest",
            Self::TabsAgreeAtRest => "tabs_agree_at_rest",
            Self::SignOutIsHeard => "a_sign_out_is_heard",
        }
    }
}

/// The invariants that a run has broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Violations(u32);

impl Violations {
    /// Notes a breach.
    pub fn add(&mut self, invariant: Invariant) {
        self.0 |= 1 << (invariant as u8);
    }

    /// Whether that one was breached.
    pub fn contains(self, invariant: Invariant) -> bool {
        self.0 & (1 << (invariant as u8)) != 0
    }

    /// The breaches of both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
